from allauth.account import views as signing_in
from allauth.mfa.base import views as two_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, register_converter

from tracemark.web import (
    accounts,
    agencies,
    audit,
    decisions,
    home,
    instruments,
    persons,
    preferences,
    record,
    refusals,
    register,
    seals,
    verification,
    weapon,
)
from tracemark.web.converters import WeaponConverter

register_converter(WeaponConverter, "weapon")

_SIGNING_IN = [
    path("account/sign-in/", signing_in.login, name="account_login"),
    path("account/sign-out/", signing_in.logout, name="account_logout"),
    path("account/inactive/", signing_in.account_inactive, name="account_inactive"),
    path("account/confirm/", signing_in.reauthenticate, name="account_reauthenticate"),
    path("account/password/", signing_in.password_change, name="account_change_password"),
    path("account/second-factor/", two_factor.index, name="mfa_index"),
    path("account/second-factor/sign-in/", two_factor.authenticate, name="mfa_authenticate"),
    path("account/second-factor/confirm/", two_factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/second-factor/codes/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("preferences/", preferences.preferences, name="preferences"),
    *_SIGNING_IN,
    path("register/", register.register, name="register"),
    path("register/<weapon:weapon>/", weapon.weapon_page, name="weapon"),
    path("register/<weapon:weapon>/seal/", seals.seal, name="seal"),
    path("register/<weapon:weapon>/seal/<int:position>/", seals.event_seal, name="event_seal"),
    path("register/<weapon:weapon>/seal/<int:position>/proof.json", seals.event_proof, name="event_proof"),
    path("register/<weapon:weapon>/record/", record.record_kinds, name="record_kinds"),
    path("register/<weapon:weapon>/record/<slug:kind>/", record.record_event, name="record_event"),
    path("register/<weapon:weapon>/correct/<int:position>/", decisions.correct, name="correct"),
    path("register/<weapon:weapon>/person/<slug:commitment>/", persons.person, name="person"),
    path("register/<weapon:weapon>/person/<slug:commitment>/erase/", persons.erase, name="erase"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<int:proposal>/", decisions.decision, name="decision"),
    path("audit/", audit.audit, name="audit"),
    path("audit/reads/", audit.reads, name="reads"),
    path("verification/", verification.verification, name="verification"),
    path("verification/checkpoint/", verification.checkpoint, name="checkpoint"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new_account, name="new_account"),
    path("accounts/<int:number>/", accounts.account, name="account"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/new/", agencies.new_agency, name="new_agency"),
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/<path:code>/", instruments.instrument, name="instrument"),
]

handler400 = refusals.bad_request
handler403 = refusals.forbidden
handler404 = refusals.not_found
handler500 = refusals.failed
