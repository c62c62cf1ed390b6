"""What the network has learned, and teaches."""

from knowledge_base.models.articles import Article, KnowledgeIndex
from knowledge_base.models.curricula import Curriculum, CurriculumVersion, Module, Unit
from knowledge_base.models.finding import Entry, Word
from knowledge_base.models.lessons import Advocacy, Lesson, Practice
from knowledge_base.models.loaded import Loaded
from knowledge_base.models.submissions import EditorsDecision, PeerReview, Review, Submission, SubmittedText

__all__ = [
    "Advocacy",
    "Article",
    "Curriculum",
    "CurriculumVersion",
    "EditorsDecision",
    "Entry",
    "KnowledgeIndex",
    "Lesson",
    "Loaded",
    "Module",
    "PeerReview",
    "Practice",
    "Review",
    "Submission",
    "SubmittedText",
    "Unit",
    "Word",
]
