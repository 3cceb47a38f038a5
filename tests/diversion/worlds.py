"""Random small records in which anything may follow anything, so that every rule finds and misses."""

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.diversion.lives import World

_HOLDERS = ("XT-ARMY-1", "XT-ARMY-2", "XT-D01", "XT-D02", "person:aa", "person:bb")
_PLACES = ("Northgate", "Redcliff pass")
_STATES = ("XE", "XF", "XU")
_MAKERS = ("arsenal", "works")
_CONSIGNMENTS = ("CN-2020-000001", "CN-2020-000002")
_LICENCES = ("EL-2020-000001", "EL-2020-000002")
_SITES = ("ST-2020-000001", "ST-2020-000002")


class Teller:
    """Tells one world by seeded chance."""

    def __init__(self, seed: int) -> None:
        self.random, self.world = Random(seed), World()
        self.few = self.random.random() < 0.5

    def tell_all(self, weapons: int, events: int) -> World:
        for weapon in range(1, weapons + 1):
            self.arrive(weapon)
        for _ in range(events):
            self.happen(self.random.randint(1, weapons))
        for _ in range(events // 4):
            self.paper(weapons)
        return self.world

    def day(self) -> str:
        day = date(2016, 1, 1) + timedelta(days=self.random.randint(0, 700 if self.few else 3700))
        return self.random.choices((str(day), f"{day:%Y-%m}", f"{day:%Y}"), (20, 1, 1))[0]

    def pick(self, *among: str) -> str:
        return self.random.choice(among)

    def marks(self, weapon: int) -> list[dict[str, object]]:
        serial = f"AB{100 + self.random.randint(0, 12) if self.random.random() < 0.6 else 100 + weapon}"
        if self.random.random() < 0.15:
            return []
        found: list[dict[str, object]] = [
            {"kind": "manufacture", "part": "frame", "serial": serial, "text": serial, "maker": self.pick(*_MAKERS)}
        ]
        if self.random.random() < 0.4:
            other = serial[-3:] if self.random.random() < 0.5 else "777"
            found.append({"kind": "component", "part": "slide", "serial": other, "text": other})
        if self.random.random() < 0.3:
            found.append({"kind": self.pick("import", "transfer"), "state": self.pick("XT", "XU", ""), "text": "X"})
        return found

    def arrive(self, weapon: int) -> None:
        kind = self.pick("manufactured", "imported", "registered", "")
        about = {"kind": "pistol", "maker": self.pick(*_MAKERS), "model": self.pick("one", "two")}
        if kind:
            licence = {"licence": self.pick(*_LICENCES)} if kind == "imported" else {}
            licence |= {"from_state": _STATES[weapon % 3]} if kind == "imported" else {}
            self.world.tell(
                kind, self.day(), weapon, weapon=about, marks=self.marks(weapon), holder=self.pick(*_HOLDERS), **licence
            )

    def happen(self, weapon: int) -> None:
        chance, tell = self.random, self.world.tell
        kind = self.pick(
            "transferred", "transferred", "issued", "returned", "counted", "shipped", "received", "exported", "lost",
            "stolen", "seized", "seized", "found", "surrendered", "destroyed", "deactivated", "released", "identified",
            "trace_requested", "stored",
        )  # fmt: skip
        details: dict[str, Any] = {}
        if kind in {"transferred", "received", "shipped", "exported", "released"}:
            details["holder"] = self.pick(*_HOLDERS)
        if kind in {"seized", "found", "surrendered"}:
            details |= {"place": self.pick(*_PLACES), "marks": self.marks(weapon)}
            details |= {"weapon": {"maker": self.pick(*_MAKERS)}} if chance.random() < 0.5 else {}
        if kind == "transferred":
            details["from_"] = self.pick(*_HOLDERS)
        if kind == "issued":
            details["to"] = self.pick("XT-ARMY-1/unit-1", "XT-ARMY-1/unit-2")
            details |= {"until": "2024-01-31"} if chance.random() < 0.3 else {}
        if kind in {"exported", "shipped"}:
            details |= {"to_state": self.pick(*_STATES)} if kind == "exported" else {}
            details |= {"licence": self.pick(*_LICENCES)} if chance.random() < 0.5 else {}
        if kind in {"lost", "stolen"}:
            details |= {"reported_on": self.pick("2018-03-01", "2025-01-01")} if chance.random() < 0.5 else {}
        if kind == "identified":
            details |= {"as": chance.randint(1, 9), "case": "T-1"}
            if chance.random() < 0.8:
                return
        by = self.pick("XT-ARMY-1", "XT-ARMY-1", "XT-ARMY-2", "XT-POL")
        tell(kind, self.day(), weapon, by=by, account=self.pick("ann", "ben"), **details)

    def paper(self, weapons: int) -> None:
        self.random.choice((self.licence, self.certificate, self.consignment, self.count, self.other))(weapons)

    def licence(self, _: int) -> None:
        name = self.pick(*_LICENCES)
        known = any(row.kind == "licence_drafted" and row.get("dossier") == name for row in self.world.rows)
        if not known:
            self.world.tell(
                "licence_drafted", self.day(), dossier=name, valid_from="2017-01-01", valid_until="2019-12-31",
                goods=[{"kind": "pistol", "quantity": 2}, {"kind": "rifle", "quantity": 1}],
                parties=[{"role": "broker", "name": "Shell"}],
            )  # fmt: skip
        else:
            kind = self.pick("licence_issued", "licence_issued", "licence_approved", "licence_revoked")
            told = {"licence_issued": {"certificate": self.pick("EC-2020-000001", "EC-2020-000002")}}.get(kind, {})
            told |= {"exemption": "committee"} if kind == "licence_approved" and self.random.random() < 0.3 else {}
            day = self.day()
            self.world.tell(kind, day, dossier=name, **told)
            if kind == "licence_approved":
                consents = not told
                self.world.tell("licence_answered", day, dossier=name, from_state="XU", consents=consents)

    def certificate(self, _: int) -> None:
        number = self.pick("7", "8")
        goods = [{"kind": "pistol", "quantity": 2}]
        contents = {"number": number, "issuer": "XU", "goods": goods, "no_retransfer": number == "7"}
        kind, day = self.pick("certificate_presented", "certificate_issued"), self.day()
        day = "2016-07-01" if kind == "certificate_issued" else day
        self.world.tell(kind, day, dossier="EC-2020-000001", contents=contents, licence=self.pick(*_LICENCES))
        if kind == "certificate_issued" and not self.world.of("certificate_used"):
            state = _STATES[len(self.world.rows) % 3]
            self.world.tell("certificate_used", day, dossier="EC-2020-000001", from_state=state, number="L-1")

    def consignment(self, weapons: int) -> None:
        name, chance, tell = self.pick(*_CONSIGNMENTS), self.random, self.world.tell
        items = [
            {"weapon": chance.randint(1, weapons), "serial": f"{self.pick('S', 's-')}{chance.randint(1, 5)}"}
            if chance.random() < 0.6
            else {"serial": f"{self.pick('S', 'АВ')}{chance.randint(1, 5)}"}
            for _ in range(chance.randint(1, 4))
        ]
        opened = any(row.kind == "consignment_opened" and row.get("dossier") == name for row in self.world.rows)
        kind = (
            self.pick("packed", "packed", "received", "mirrored", "passed", "shipped", "cancelled")
            if opened
            else "opened"
        )
        steps_say: dict[str, dict[str, Any]] = {
            "opened": {"to_state": self.pick(*_STATES), "route": ["XTNGT", "XUABC"], "due": "2020-01-01"},
            "packed": {"packed": items, "licence": self.pick(*_LICENCES)},
            "received": {"received": items},
            "mirrored": {"received": items},
            "passed": {"place": self.pick("XTNGT", "XWZZZ")},
            "shipped": {"licence": self.pick(*_LICENCES)},
        }
        told = steps_say.get(kind, {})
        if kind != "cancelled" or chance.random() < 0.2:
            tell(f"consignment_{kind}", self.day(), dossier=name, **told)

    def count(self, weapons: int) -> None:
        name = f"CT-2020-{len(self.world.rows):06d}"
        self.world.tell("count_opened", self.day(), dossier=name, site=self.pick(*_SITES))
        missing = [self.random.randint(1, weapons)] if self.random.random() < 0.4 else []
        found = self.random.choice((10, 20)) if self.few else 20
        self.world.tell("count_closed", self.day(), dossier=name, found=found, absent=missing, extra=[])

    def other(self, weapons: int) -> None:
        kind = self.pick("site_listed", "site_counted", "site_closed", "lot_received", "lot_issued", "lot_issued",
                         "lot_expended", "lot_returned", "lot_counted", "lot_destroyed",
                         *("destruction_planned", "destruction_certified") * 2, "embargo_declared", "embargo_lifted",
                         "records_taken_over")  # fmt: skip
        kinds_say: dict[str, dict[str, Any]] = {
            "site_listed": {"due": self.pick("2020-01-01", "2030-01-01"), "place": "Northgate"},
            "site_counted": {"due": self.pick("2020-01-01", "2030-01-01")},
            "lot_received": {"quantity": 5},
            "lot_issued": {"quantity": 4},
            **{f"lot_{each}": {"quantity": 3} for each in ("expended", "returned", "counted", "destroyed")},
            "destruction_planned": {"concerned": [self.random.randint(1, weapons) for _ in range(2)], "place": "Works"},
            "embargo_declared": {"to_state": "XU", "valid_from": "2017-06-01", "symbol": "own"},
            "embargo_lifted": {"valid_until": "2018-06-01"},
            "records_taken_over": {"from_": "XT-D02"},
        }
        told = kinds_say.get(kind, {})
        names = {
            "site": self.pick(*_SITES),
            "lot": "LT-2020-000001",
            "destruction": "DS-2020-000001",
            "embargo": "EM-2020-000001",
        }
        once = {"embargo_declared", "embargo_lifted", "destruction_planned", "destruction_certified"}
        once |= {"records_taken_over", "site_closed"}
        if kind in once and (self.random.random() < 0.5 or self.world.of(kind)):
            return
        dossier = names.get(kind.partition("_")[0])
        self.world.tell(kind, self.day(), **({"dossier": dossier} if dossier else {}), **told)

    def crowd(self) -> World:
        """Tell of many weapons of which one depot, one unit, one weekday and one dealer lose the most."""
        tell, chance = self.world.tell, self.random
        for weapon in range(1, 501):
            depot = self.pick("XT-ARMY-1", "XT-ARMY-2", "XT-ARMY-2", "XT-ARMY-2")
            about = {"kind": "pistol", "maker": self.pick(*_MAKERS), "model": "one"}
            tell("registered", "2015-01-01", weapon, weapon=about, marks=[], holder=depot)
            unit = f"{depot}/unit-{1 + weapon % 8}"
            tell("issued", "2016-01-01", weapon, to=unit)
            monday = date(2016, 2, 1) + timedelta(weeks=chance.randint(0, 100))
            if chance.random() < (0.8 if unit == "XT-ARMY-1/unit-1" else 0.05 if depot == "XT-ARMY-2" else 0.4):
                tell("stolen", str(monday), weapon, by=depot)
                tell("seized", str(monday + timedelta(days=chance.randint(3, 9))), weapon, place="Northgate")
        for weapon in range(601, 761):
            dealer = self.pick("XT-D01", "XT-D02", "XT-D02", "XT-D02")
            tell("imported", "2015-01-01", weapon, holder=dealer, marks=[])
            tell("transferred", "2016-01-01", weapon, holder=f"person:{weapon}", from_=dealer)
            if chance.random() < (0.6 if dealer == "XT-D01" else 0.02):
                tell("seized", self.day(), weapon, place="Redcliff pass", weapon={"maker": "works"})
        self.surge()
        self.batch()
        return self.world

    def batch(self) -> None:
        """Tell of a long series of which six of one batch come to hand, years apart, and a few by chance."""
        for number in range(400):
            mark = {"kind": "manufacture", "serial": f"LS{10_000 + 3 * number}", "text": "", "maker": "works"}
            weapon = 5_000 + number
            self.world.tell("registered", "2015-01-01", weapon, marks=[mark], holder="XT-POL")
            if 200 <= number < 212 and number % 2:
                self.world.tell("found", f"{2008 + number - 200}-03-01", weapon, place="Northgate")
            elif number % 97 == 0:
                self.world.tell("surrendered", self.day(), weapon, place="Northgate")

    def surge(self) -> None:
        """Tell of losses and recoveries that come one a month for two years, and six a month for the third."""
        weapon = 1_000
        for month in range(36):
            for _ in range(1 if month < 24 else 6):
                weapon += 1
                day = f"{2017 + month // 12}-{month % 12 + 1:02d}-{self.random.randint(1, 28):02d}"
                self.world.tell("lost", day, weapon, by="XT-POL")
                self.world.tell("seized", day, weapon, place="Eastfold")


def world_of(seed: int) -> World:
    """Return a world of some dozens to some hundreds of events."""
    if seed % _KINDS == _KINDS - 1:
        return Teller(seed).crowd()
    return Teller(seed).tell_all(weapons=(8, 14, 40)[seed % _KINDS], events=(30, 80, 300)[seed % _KINDS])


_KINDS = 4
