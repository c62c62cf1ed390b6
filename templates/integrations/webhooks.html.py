BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB
BBBB BBBBB BBBB BBBBBBBBBBBB BBBBBB
BBBBB BBBBB
   gettext(u'Webhooks') 
BBBBBBBB BBBBB
BBBBB BBBB
  XXXXX XXXXXXXXXXXXXXXX XXXXXXBBBBBB BBBBBBBBBBBBBBBBBBBBBBXX
BBBBBBBB BBBB
BBBBB BBBBBBBBBB
   gettext(u'Webhooks') 
BBBBBBBB BBBBBBBBBB
BBBBB BBBBBBBBB
   gettext(u'Your own software is told at once when something happens to a referral: which referral and what, never who the person is.') 
BBBBBBBB BBBBBBBBB
BBBBB BBBBBBBBBBBB
  BB BBBBBBBBB BBB BBBBBBBB
    XX XXXXXXXXXX XXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBXXBBBB BBBBBBBBB  gettext(u'Add a webhook') XXXX
  BBBBB
BBBBBBBB BBBBBBBBBBBB
BBBBB BBBBBBB
  BB BBBBBBBBB
    BBBBBBBBB BBBBBBB
      XXXXXXX
        XXXX
          XXX XXXXXXXXXXXX gettext(u'Webhook') XXXXX
          XXX XXXXXXXXXXXX gettext(u'State') XXXXX
          XXX XXXXXXXXXXXX gettext(u'Events') XXXXX
        XXXXX
      XXXXXXXX
      XXXXXXX
        BBB BBBBBBBB BB BBBBBBBBB
          XXXX
            XXX XXXXXXXXXXXX
              XX XXXXXXBBB BBBBBBBBB BBBBBBBBBBBXXXXXXXXXXXXXXXXX
              BB BBBBBBBBBBBBBBBBBBBB
                XXXXX XXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXX
              BBBBB
            XXXXX
            XXX XXXXXXXXXXXX gettext(u'State') XX
              XXXXX
                BBBBBBBBBBBBB BBBBBBBB
                BB BBBBBBBBBBBBBBBBB
                  XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBXX gettext(u'Some events were not delivered') XXXX
                BBBBB
              XXXXXX
            XXXXX
            XXX XXXXXXXXXXXX gettext(u'Events') XX
              BB BBBBBBBBBBBBBB
                FFFFFFFFFFFF
              BBBB
                 gettext(u'all') 
              BBBBB
            XXXXX
          XXXXX
        BBBBBB
      XXXXXXXX
    BBBBBBBBBBBB
    BB BBB BBBBBBBB
      XX XXXXXXXXXXXXXX gettext(u'There are as many webhooks as there may be. Remove one that is not used to add another.') XXXX
    BBBBB
  BBBB
     gettext(u'No webhook yet') 
     gettext(u'Add the address of a system of yours, such as your own register, and it is told of every step of your referrals. Whoever runs that system needs the secret that you are shown then.') 
     gettext(u'Add a webhook') 
    BBB BBBBBBBBBBBBB BB BBBBBBBBBB
    BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBB BBBBBBBBB BBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBB BBBB
  BBBBB
BBBBBBBB BBBBBBB
