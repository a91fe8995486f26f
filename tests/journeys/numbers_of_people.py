"""numbers: telephone numbers in every notation, and a busy day in which a gateway works with them."""
from journey import swapped, until, want

# no runs such as 7654321: those are what sound looks like
CROWD = [("+77017284391", "en", "latin", "KZ-75"), ("+77029160847", "ru", "cyrillic", "KZ-75"),
         ("+77051350729", "kk", "latin", "KZ-75")]
JOINER, LEAVER, ASKER = "+77472468135", "+77753141592", "+77782718281"
EVERYBODY = [phone for phone, *_ in CROWD] + [JOINER, LEAVER, ASKER]


def notations(phone):
    """The number as people, files and networks write it, and its seven digits that are the person's own."""
    digits = phone.lstrip("+")
    own = digits[-7:]
    spaced = f"{digits[0]} {digits[1:4]} {digits[4:7]} {digits[7:9]} {digits[9:]}"
    texts = {digits, "8" + digits[1:], own, spaced, f"{own[:3]}-{own[3:5]}-{own[5:]}", f"{own[:3]} {own[3:5]} {own[5:]}",
             swapped(digits), swapped(digits).lower()}
    wanted = {text.encode() for text in texts}
    wanted |= {text.encode("utf-16-be") for text in (digits, own)} | {text.encode("utf-16-le") for text in (digits, own)}
    wanted |= {bytes.fromhex(swapped(digits)), int(digits).to_bytes(8, "little"), int(digits).to_bytes(8, "big"),
               int(digits).to_bytes(6, "big")[1:], int(digits[1:]).to_bytes(5, "big"), int(digits[1:]).to_bytes(5, "little")}
    return wanted


def find_numbers(data):
    return [(phone, piece) for phone in EVERYBODY for piece in notations(phone) if piece in data]


def a_busy_day(site):
    """Joins, leaves, questions, an alert with a fault and a kill in it, a retraction."""
    site.import_people(CROWD)
    for phone, word in ((JOINER, "START EN KZ-75"), (LEAVER, "START"), (ASKER, "HELP")):
        site.inject(phone, word)
        until(f"an answer to {word}", lambda phone=phone: site.texts(phone))
    site.inject(LEAVER, "STOP")
    until("its confirmation", lambda: len(site.texts(LEAVER)) >= 2)
    site.inject(ASKER, "REPORT call me at " + CROWD[0][0])
    site.fault("silent-after@1", 2)
    number = site.publish()
    site.wait_sent(number, 1)
    site.kill("dabyl-modem")
    site.wait_done(number)
    draft = site.draft(kind="retract", follows=number)
    site.approve(draft, "AIGERIM")
    site.ctl("send", str(draft))
    site.wait_done(number, kind="retract")
    want("the alert has been to all", {row["to"] for row in site.texts()} >= {phone for phone, *_ in CROWD}, True)
