from allauth.account import views as signing_in
from allauth.mfa.base import views as two_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, register_converter

from tracemark.web import (
    accounts,
    agencies,
    audit,
    cases,
    decisions,
    developers,
    drafting,
    held,
    home,
    instruments,
    intake,
    marking,
    numbers,
    persons,
    preferences,
    record,
    recoveries,
    refusals,
    register,
    seals,
    stock,
    traces,
    verification,
    weapon,
)
from tracemark.web.converters import NumberConverter, WeaponConverter

register_converter(NumberConverter, "number")
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
    path(
        "account/second-factor/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "account/second-factor/codes/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("preferences/", preferences.preferences, name="preferences"),
    *_SIGNING_IN,
    path("register/", register.register, name="register"),
    path("register/<weapon:weapon>/", weapon.weapon_page, name="weapon"),
    path("register/<weapon:weapon>/seal/", seals.seal, name="seal"),
    path("register/<weapon:weapon>/seal/<number:position>/", seals.event_seal, name="event_seal"),
    path("register/<weapon:weapon>/seal/<number:position>/proof.json", seals.event_proof, name="event_proof"),
    path("register/<weapon:weapon>/record/", record.record_kinds, name="record_kinds"),
    path("register/<weapon:weapon>/record/<slug:kind>/", record.record_event, name="record_event"),
    path("register/<weapon:weapon>/correct/<number:position>/", decisions.correct, name="correct"),
    path("register/<weapon:weapon>/person/<slug:commitment>/", persons.person, name="person"),
    path("register/<weapon:weapon>/person/<slug:commitment>/erase/", persons.erase, name="erase"),
    path("register/<weapon:weapon>/marks/", marking.marks_check, name="marks_check"),
    path("stock/", stock.stock, name="stock"),
    path("stock/<slug:kind>/", stock.stock_event, name="stock_event"),
    path("intake/", intake.imports, name="imports"),
    path("intake/files/<slug:fingerprint>/<slug:profile>/", intake.trial, name="import_trial"),
    path("intake/files/<slug:fingerprint>/<slug:profile>/import/", intake.commit, name="import_commit"),
    path("intake/<number:number>/", intake.run, name="import_run"),
    path("intake/<number:number>/refused.csv", intake.refused_rows, name="refused_rows"),
    path("intake/held/", held.held_rows, name="held_rows"),
    path("intake/held/<number:number>/", held.held_row, name="held_row"),
    path("marking/", marking.marking_plan, name="marking_plan"),
    path("marking/numbers/", numbers.numbers, name="numbers"),
    path("marking/numbers/new/", numbers.new_block, name="new_block"),
    path("marking/numbers/<number:number>/", numbers.block, name="block"),
    path("marking/<slug:name>/", marking.marking_session, name="marking_session"),
    path("marking/<slug:name>/labels.pdf", marking.label_sheet, name="label_sheet"),
    path("marking/<slug:name>/record/", marking.record_marks, name="record_marks"),
    path("recoveries/", recoveries.recoveries, name="recoveries"),
    path("recoveries/new/", recoveries.new_recovery, name="new_recovery"),
    path("recoveries/<weapon:weapon>/", recoveries.recovery, name="recovery"),
    path("recoveries/<weapon:weapon>/case/", cases.open_case, name="open_case"),
    path("recoveries/<weapon:weapon>/photos/<slug:fingerprint>/", recoveries.recovery_photo, name="recovery_photo"),
    path("traces/", traces.trace_desk, name="trace_desk"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<slug:number>/", cases.case, name="case"),
    path("cases/<slug:number>/judge/", cases.judge, name="judge_candidate"),
    path("cases/<slug:number>/answer/", cases.answer, name="answer_case"),
    path("cases/<slug:number>/report.pdf", cases.case_report, name="case_report"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<number:proposal>/", decisions.decision, name="decision"),
    path("api/", developers.developers, name="developers"),
    path("docs/", developers.developers, name="docs"),
    path("drafts/", drafting.draft, name="draft"),
    path("audit/", audit.audit, name="audit"),
    path("audit/reads/", audit.reads, name="reads"),
    path("verification/", verification.verification, name="verification"),
    path("verification/checkpoint/", verification.checkpoint, name="checkpoint"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new_account, name="new_account"),
    path("accounts/<number:number>/", accounts.account, name="account"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/new/", agencies.new_agency, name="new_agency"),
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/<path:code>/", instruments.instrument, name="instrument"),
]

handler400 = refusals.bad_request
handler403 = refusals.forbidden
handler404 = refusals.not_found
handler500 = refusals.failed
