"""What the network has learned, and teaches."""

from knowledge_base.models.adoptions import Adoption
from knowledge_base.models.articles import Article, KnowledgeIndex
from knowledge_base.models.curricula import Curriculum, CurriculumVersion, Module, Unit
from knowledge_base.models.evidence import Evidence
from knowledge_base.models.finding import Entry, GroupsText, Word
from knowledge_base.models.following import Digest, Follow
from knowledge_base.models.lessons import Advocacy, Lesson, Practice
from knowledge_base.models.lists import ListItem, ReadingList
from knowledge_base.models.loaded import Loaded
from knowledge_base.models.published import (
    PublishedCurriculum,
    PublishedModule,
    PublishedUnit,
    PublishedVersion,
)
from knowledge_base.models.published_texts import MembersText, PublishedText
from knowledge_base.models.remarks import Remark, Report
from knowledge_base.models.signatures import Signature
from knowledge_base.models.submissions import EditorsDecision, PeerReview, Review, Submission, SubmittedText
from knowledge_base.models.taught import MODULE_FIELDS, UNIT_FIELDS, ModuleText, UnitText
from knowledge_base.models.translations import TranslatedPart, Translation
from knowledge_base.models.upkeep import Upkeep
from knowledge_base.models.votes import Used, Useful

__all__ = [
    "MODULE_FIELDS",
    "UNIT_FIELDS",
    "Adoption",
    "Advocacy",
    "Article",
    "Curriculum",
    "CurriculumVersion",
    "Digest",
    "EditorsDecision",
    "Entry",
    "Evidence",
    "Follow",
    "GroupsText",
    "KnowledgeIndex",
    "Lesson",
    "ListItem",
    "Loaded",
    "MembersText",
    "Module",
    "ModuleText",
    "PeerReview",
    "Practice",
    "PublishedCurriculum",
    "PublishedModule",
    "PublishedText",
    "PublishedUnit",
    "PublishedVersion",
    "ReadingList",
    "Remark",
    "Report",
    "Review",
    "Signature",
    "Submission",
    "SubmittedText",
    "TranslatedPart",
    "Translation",
    "Unit",
    "UnitText",
    "Upkeep",
    "Used",
    "Useful",
    "Word",
]
