"""What forms of the web share: fields that speak, findings that stand beside the field they concern."""

from tracemark.web.forms.desk import DeskForm, DeskRenderer
from tracemark.web.forms.fields import PartialDateField, WeaponField, choices

__all__ = ["DeskForm", "DeskRenderer", "PartialDateField", "WeaponField", "choices"]
