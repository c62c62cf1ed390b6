"""Addresses of the journal, tasks and documents."""

from django.urls import path

from tenants.caseloads.views import documents, journal, tasks

OF_CLIENT = "clients/<uuid:pk>/"
ENTRY = f"{OF_CLIENT}journal/<uuid:entry_pk>/"
TASK = f"{OF_CLIENT}tasks/<uuid:task_pk>/"
DOCUMENT = f"{OF_CLIENT}documents/<uuid:document_pk>/"

urlpatterns = [
    path("journal/write/", journal.quick_write, name="journal-quick"),
    path("small-wins/", journal.wins, name="small-wins"),
    path(f"{OF_CLIENT}journal/", journal.journal, name="journal"),
    path(f"{OF_CLIENT}journal/write/", journal.journal_write, name="journal-write"),
    path(ENTRY, journal.journal_entry, name="journal-entry"),
    path(f"{ENTRY}change/", journal.journal_change, name="journal-change"),
    path(f"{ENTRY}remove/", journal.journal_remove, name="journal-remove"),
    path(f"{ENTRY}dimension/", journal.journal_dimension, name="journal-dimension"),
    path(f"{ENTRY}seen/", journal.journal_seen, name="journal-seen"),
    path(f"{OF_CLIENT}tasks/add/", tasks.task_add, name="task-add"),
    path(f"{TASK}done/", tasks.task_done, name="task-done"),
    path(f"{TASK}undo/", tasks.task_undo, name="task-undo"),
    path(f"{TASK}hand/", tasks.task_hand, name="task-hand"),
    path(f"{OF_CLIENT}documents/", documents.documents, name="documents"),
    path(f"{OF_CLIENT}documents/add/", documents.document_add, name="document-add"),
    path(DOCUMENT, documents.document, name="document"),
    path(f"{DOCUMENT}remove/", documents.document_remove, name="document-remove"),
]
