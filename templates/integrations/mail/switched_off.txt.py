BBBB BBBBBBBBBBBBBB BBB gettext(u'Hello %(name)s,\n\nthe webhook “%(webhook)s” of %(organisation)s could not be reached for three days, or answered that it is gone for good. It was switched off.\n\nNothing is lost: what was not delivered can be sent again from its page, and all events stand in the feed of the API for 90 days. When the receiving system works again, switch the webhook on here:') SSSSS SSSSSSSSS

SSS SSSSSSS SSSSSSSSSSSSS SS SSSSSSSSSSSSSSSS SSSSS SSS SS SSSSSSS SSS SSSSS SSSSS SS SSSSSSSS SSSS SS SS SSSS SSS SSSSS SS SSS SSSSSSSS SSSS

SSSSSSS SS SSSSS SSSS SSS SSS SSSSSSSSS SSS SS SSSS SSSSS SSSS SSS SSSSS SSS SSS SSSSSS SSSSS SS SSS SSSS SS SSS SSS SSS SS SSSSS SSSS SSS SSSSSSSSS SSSSSS SSSSS SSSSSS SSSSSS SSS SSSSSSS SS SSSSS

BBBBBBBBBBBBB
