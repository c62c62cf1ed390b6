BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB
BBBB BBBBB BBBB BBBBBBBBBBBB BBBBBB
BBBBB BBBBB
   gettext(u'Secret of the webhook') 
BBBBBBBB BBBBB
BBBBB BBBB
  XXXXX XXXXXXXXXXXXXXXX XXXXXXBBBBBB BBBBBBBBBBBBBBBBBBBBBBXX
BBBBBBBB BBBB
BBBBB BBBBBBBBBBB
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBBBBBBB BBBB
BBBBBBBB BBBBBBBBBBB
BBBBB BBBBBBBBBB
   gettext(u'Secret of the webhook') 
BBBBBBBB BBBBBBBBBB
BBBBB BBBBBBB
  XXXX XXXXXXXXXXXXXXXXXXXXXX
    BB BBBBBB
       gettext(u'The webhook is added. The secret is shown this once: put it where the receiving system keeps its secrets, not into an e-mail.') 
    BBBB
       gettext(u'The new secret is shown this once: put it where the receiving system keeps its secrets, not into an e-mail.') 
    BBBBB
    BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBB BBBBBBBBB BBBB
     gettext(u'Secret') 
    BBBBBBB BBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBB BBBBBBBBBBBBBBBBBB BBBB
    XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXX
      XXX XXXXXXXXXXX gettext(u'For whoever runs the receiving system') XXXXX
      XXX
         gettext(u'Each event is signed as “Standard Webhooks” describes; there is a library for most languages. In Python it needs none:') 
      XXXX
      BBBBBBBBBBBB BB BBBB
      XXXX XXXXXXXXXXXXXXXX
        XXXX XXXXXXXXX
             XXXXXXXXXXXX
             XXXXXXXXXXXX gettext(u'Example in Python') XXXXXXXXXXXXXXXXXXXXX
        XXXXXXX XXXXXXXXXXXXX
                XXXXXXXXXX XXXXXXXXXXXXX XXXXXXX
                XXXXXXXXXXXX
                XXXXXXX
          BBBB BBBBBBBBBBB
          XXXXX XXXXXXXXXXXXX gettext(u'Copied') XX gettext(u'Copy') XXXXXXX
        XXXXXXXXX
      XXXXXX
      XXX
         gettext(u'Answer with 204 as soon as the event is written down. The same webhook-id may come twice: do nothing the second time.') 
      XXXX
    XXXXXXXXXX
    XXX
      XX XXXXXXXXXX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBB BBBBBBBBBBBXX gettext(u'I have copied the secret') XXXX
    XXXX
  XXXXXX
BBBBBBBB BBBBBBB
