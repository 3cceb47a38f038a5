import pytest

from tracemark.exchange import EncodingTrial, EncodingVerdict

LISTS = {
    "cp1252": "Fabricant;Modèle\nBesançon;Größe 9\nSeñor García;São Paulo\n",
    "cp1251": "Изготовитель;модель\nИжевский завод;пистолет Макарова\nТула;ТТ\n",
    "koi8-r": "Изготовитель;модель\nИжевский завод;пистолет Макарова\nТула;ТТ\n",
    "cp866": "Изготовитель;модель\nИжевский завод;пистолет Макарова\nТула;ТТ\n",
    "cp1256": "الصانع;الطراز\nمصنع القاهرة;مسدس حلوان\nبيروت;بندقية\n",
    "gb18030": "制造商;型号\n国营第二九六厂;手枪\n北方工业;步枪\n",
}


def verdict(content: bytes, chunk: int = 7) -> EncodingVerdict:
    trial = EncodingTrial()
    for start in range(0, len(content), chunk):
        trial.feed(content[start : start + chunk])
    return trial.verdict()


@pytest.mark.parametrize("encoding", LISTS)
@pytest.mark.parametrize("chunk", [64, 10_000])
def test_older_encodings_are_found_by_trial_and_the_trial_is_shown(encoding: str, chunk: int) -> None:
    found = verdict(LISTS[encoding].encode(encoding) * 20, chunk)
    assert (found.encoding, found.certain) == (encoding, False)
    assert found.tried[encoding] == max(found.tried.values()) > 0.5


@pytest.mark.parametrize("text", [*LISTS.values(), "plain;ascii\n"])
def test_utf_8_is_certain_however_the_file_is_cut(text: str) -> None:
    assert verdict(text.encode()) == EncodingVerdict("utf-8", certain=True)


@pytest.mark.parametrize(("encoding", "named"), [("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16")])
def test_a_byte_order_mark_is_certain(encoding: str, named: str) -> None:
    assert verdict(LISTS["cp1251"].encode(encoding)) == EncodingVerdict(named, certain=True)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_mark_is_told_by_its_zeros(encoding: str) -> None:
    assert verdict("serial;maker\nAB1;M\n".encode(encoding), 8).encoding == encoding


def test_a_cut_sign_at_the_end_is_no_utf_8() -> None:
    assert verdict("Größe".encode()[:-1] + b"\xc3").encoding != "utf-8"
