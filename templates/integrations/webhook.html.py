BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB
BBBB BBBBB BBBB BBBBBBBBBBBB BBBBBB
BBBBB BBBBB
  
BBBBBBBB BBBBB
BBBBB BBBB
  XXXXX XXXXXXXXXXXXXXXX XXXXXXBBBBBB BBBBBBBBBBBBBBBBBBBBBBXX
BBBBBBBB BBBB
BBBBB BBBBBBBBBBB
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBB BBBB
BBBBBBBB BBBBBBBBBBB
BBBBB BBBBBBBBBB
  XXXXXXXXXXX
BBBBBBBB BBBBBBBBBB
BBBBB BBBBBBBBBBBB
  BB BBBBBBBBBBBBBB BB BBBBBBBB
    XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBB BBBBBBBBBBBXX
      BBBBBBBBBB
      XXXXXXX XXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXXBBBB BBBBBB  gettext(u'Send a test event') XXXXXXXXX
    XXXXXXX
    XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBBB BBBBBBBBBBBXX
      BBBBBBBBBB
      XXXXXXX XXXXXXXXXX XXXXXXXXXXXXXX XXXXXXXXXXXXXXBBBB BBBBBBBBBBBBBB  gettext(u'Pause') XXXXXXXXX
    XXXXXXX
  BBBB
    XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBBBB BBBBBBBBBBBXX
      BBBBBBBBBB
      XXXXXXX XXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXXBBBB BBBBBBBBBBBBB  gettext(u'Go on') XXXXXXXXX
    XXXXXXX
  BBBBB
  XX XXXXXXXXXX XXXXXXXXXXXXXX
     XXXXXXBBB BBBBBBBBBBBBBB BBBBBBBBBBBXXBBBB BBBBBBBB  gettext(u'Change') XXXX
BBBBBBBB BBBBBBBBBBBB
BBBBB BBBBBBB
  XXXX XXXXXXXXXXXXXXXXXXXXXX
    BB BBBBBBBBBBBBBB BB BBBBB
       gettext(u'It could not be reached for three days, or answered that it is gone for good. When the receiving system works again, let it go on; what was not delivered can be sent again.') 
       gettext(u'Switched off') 
      BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBB BBBBBBBBBBB BBBBBBBBB BBBB
    BBBB BBBBBBBBBBBBBBBBBBBBBB
      BBBBBBBBB BBBBBBB BBBBBBBBBBBBBB
        XXX
           gettext(u'Every attempt since %(since)s has failed. It is tried again and again for three days; then it is switched off and you get an e-mail.') 
            SSSSS SSSSSSS SSSSS SSSSSSSSS SSS SSSSSSS SS SS SSSSS SSSSS SSS SSSSS SSS SSSSS SSSSS SSSS SS SS SSSSSSSS SSS SSS SSS SSS SS SSSSSSS
          
        XXXX
      BBBBBBBBBBBB
    BBBBB
    BB BBBB
      BBBBBBBBB BBBBBBB BBBBBBBBBBBBBB
        XXX
           gettext(u'Given up: %(count)s.') 
            SSSSS SSS SSSSSSSSSS
          
          XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBXX gettext(u'See what was not delivered') XXXX
        XXXX
      BBBBBBBBBBBB
    BBBBB
    BBBBBBBBB BBBBBBB
      XXXXX
        XXXX gettext(u'State') XXXXX
        XXXX
          BBBBBBBBBBBBB BBBBBBBB
        XXXXX
      XXXXXX
      XXXXX
        XXXX gettext(u'Address') XXXXX
        XXX XXXXXXXXXXXXXXX XXXXXXXXXX
          
        XXXXX
      XXXXXX
      XXXXX
        XXXX gettext(u'Events') XXXXX
        XXXX
          BB BBBBBBBBBBBBBB
            XXX XXXXXXXXXXXXXXXXXXXX
              BBB BBBB BB BBBBBBBBBBBBBB
                XXXXFFFFFFFFFFFXXXXX
              BBBBBB
            XXXXX
          BBBB
             gettext(u'All, also kinds that are added later') 
          BBBBB
        XXXXX
      XXXXXX
      BB BBBBBBB
        XXXXX
          XXXX gettext(u'Waiting to be sent') XXXXX
          XXXX
            
          XXXXX
        XXXXXX
      BBBBB
      XXXXX
        XXXX gettext(u'Secret') XXXXX
        XXXX
          BBB BBBBBB BB BBBBBBB
            XXX
              BB BBBBBBBBBBBBBB
                 gettext(u'The one before still signs until %(at)s.') 
                  SSS SSS SSSSSS SSSSS SSSSS SSSSS SSSSSSS
                
              BBBB
                 gettext(u'Made on %(at)s.') 
                  SSSS SS SSSSSSS
                
              BBBBB
            XXXX
          BBBBBB
          XX XXXXXXBBB BBBBBBBBBBBBBBBB BBBBBBBBBBBXX gettext(u'Make a new secret') XXXX
        XXXXX
      XXXXXX
    BBBBBBBBBBBB
    XXXXXXXX XXXXXXXXXXXXXXXXXXXXXX
      XXX XXXXXXXXX gettext(u'What was sent') XXXXX
      BB BBBBBBBBBB
        BBBBBBBBB BBBBBBB
          XXXXXXX
            XXXX
              XXX XXXXXXXXXXXX gettext(u'When') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Event') XXXXX
              XXX XXXXXXXXXXXX gettext(u'What came of it') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Attempt') XXXXX
              XXX XXXXXXXXXXXX gettext(u'Duration') XXXXX
            XXXXX
          XXXXXXXX
          XXXXXXX
            BBB BBBBBBB BB BBBBBBBBBB
              XXXX
                XXX XXXXXXXXXXXXFFFFF X FFFXXXXX
                XXX XXXXXXXXXXXX gettext(u'Event') XX
                  XXXXX
                    FFFFFFFFFFF
                    BB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
                      XXXX XXXXXXXXXXXX XXXXXXXXXXXXXXXXX
                    BBBBB
                  XXXXXX
                XXXXX
                XXX XXXXXXXXXXXX gettext(u'What came of it') XX
                  XXXXXBBBBBBBBBBBBBB BBBBBBBXXXXXX
                XXXXX
                XXX XXXXXXXXXXXX gettext(u'Attempt') XXFFFFFFXXXXX
                XXX XXXXXXXXXXXX gettext(u'Duration') XXFFFFFFFFXXXXX
              XXXXX
            BBBBBB
          XXXXXXXX
        BBBBBBBBBBBB
        BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBB BBBB
      BBBB
        XX XXXXXXXXXXXXXX gettext(u'Nothing yet. Send a test event to see whether it arrives.') XXXX
      BBBBB
    XXXXXXXXXX
    XXX
      XX XXXXXXXXXXXXXXXXXXX
         XXXXXXBBB BBBBBBBBBBBBBBBB BBBBBBBBBBBXXBBBB BBBBBBB  gettext(u'Remove this webhook') XXXX
    XXXX
  XXXXXX
BBBBBBBB BBBBBBB
