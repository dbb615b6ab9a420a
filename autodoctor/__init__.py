"""Auto Doctor: live consultations with certified mechanics, by chat and video."""

__version__ = "0.1.0"
