WEAPON_KINDS = ("pistol", "revolver", "rifle", "shotgun", "submachine_gun", "assault_rifle", "machine_gun", "light_weapon")
"""The kinds offered in a search."""
