# What every script of Glia does alike: the request, the outcomes, when to stop.

import base64
import json
import os
import random
import re
import signal
import sys
import time
import unicodedata
from urllib.parse import quote


def give_up(why):
    print(why + "\nNothing was changed.", file=sys.stderr)
    sys.exit(2)


if sys.version_info < (3, 7):
    give_up("This script needs Python 3.7 or newer.")
try:
    import requests
except ImportError:
    give_up("This script needs requests: python3 -m pip install requests (Debian, Ubuntu: apt-get install python3-requests).")

# A name that the terminal can't show is no reason to stop.
sys.stdout.reconfigure(errors="backslashreplace", line_buffering=True)


class Unanswered(Exception):
    """Sent, and no answer that could be trusted: it may have happened."""


class Unclear(Unanswered):
    """An answer in JSON that is not what Synapse sends here, as a portal's {"status":"ok"}."""

    def __init__(self, status=200):
        super().__init__("The answer (%d) is not what Synapse sends here." % status)


class Refused(Exception):
    """The server said no, in its own words."""

    def __init__(self, words, status, errcode, error):
        super().__init__(words)
        self.status, self.errcode, self.error = status, errcode, error
        # Of the homeserver's: 404 M_UNRECOGNIZED is no such endpoint here, any other 404 no such thing.
        self.absent = status in (404, 405) and errcode == "M_UNRECOGNIZED"
        self.gone = status == 404 and isinstance(errcode, str) and not self.absent


class Stop(Exception):
    def __init__(self, code, why):
        super().__init__(why)
        self.code = code


def bearer(request):
    """As auth, not as a header: requests would put a password of ~/.netrc in its place."""
    request.headers["Authorization"] = "Bearer " + TOKEN
    return request


GAP = (
    r"(?:[\s\u00ad\u200b-\u200d\u2060]|\\{1,8}[nrt]|<[^<>]{0,300}>|&lt;[^<>&]{0,300}&gt;"
    r"|&(?:amp;){0,4}(?:nbsp|shy|#0*(?:9|1[03]|32|160|173|8203)|#x0*(?:9|a|d|20|a0|ad|200b));)*"
)
NAMED = {"_": "lowbar|UnderBar", "+": "plus", "/": "sol", "=": "equals", ".": "period", ":": "colon"}


def spelling(c):
    """A pattern that knows a character as it is, percent-encoded, as HTML, and with the escapes of JSON."""
    cases = sorted({ord(c), ord(c.lower()), ord(c.upper())})
    hexes, points = "|".join("%02x" % one for one in cases), "|".join(str(one) for one in cases)
    itself = c if c.isalnum() else r"\\{0,8}" + re.escape(c)
    named = r"|&(?:amp;){0,4}(?:%s);" % NAMED[c] if c in NAMED else ""
    return r"(?:%s|\\{1,8}(?:u\{?0{0,4}|x)(?:%s)\}?|%%(?:25){0,4}(?:u00)?(?:%s)|&(?:amp;){0,4}#(?:0*(?:%s)|x0*(?:%s));?%s)" % (
        itself, hexes, hexes, points, hexes, named,
    )


def base64_at(before):
    """In base64, behind so many other characters. What hangs on its neighbours is left out."""
    text = "x" * before + TOKEN
    encoded = base64.b64encode(text[: len(text) - len(text) % 3].encode()).decode()
    return [{"+": "(?:[+-]|%2b)", "/": r"(?:\\{0,8}/|_|%2f)"}.get(c, c) for c in encoded[before and before + 1 :]]


def beginning(units):
    """The first characters, and as much of the rest as is there: by four, or an ordinary word would be taken for more of it."""
    rest = ""
    for at in range(12 + (min(len(units), 76) - 12) // 4 * 4 - 4, 11, -4):
        rest = "(?:%s%s%s)?" % (GAP, GAP.join(units[at : at + 4]), rest)
    return GAP.join(units[:12]) + rest


patterns = []


def without_token(text):
    """A proxy may show what was sent. The beginning is enough to know the token: the rest may be cut off."""
    if len(TOKEN) < 16:
        return text
    if not patterns:
        forms = [[spelling(c) for c in TOKEN]] + [base64_at(before) for before in (0, 1, 2)]
        forms.append([r"(?:[:,-]|\\{1,8}x|0x){0,2}%02x" % ord(c) for c in TOKEN])
        begun = "(?:%s)" % "|".join(beginning(units) for units in forms) + r"""[^\s"'<>,]*"""
        for pattern in ("|".join(GAP.join(units) for units in forms), begun):
            patterns.append(re.compile(pattern, re.IGNORECASE))
    for pattern in patterns:
        text = pattern.sub("[access token]", text)
    return text


def plain(text):
    """Names and answers come from strangers: on one line, and nothing that a terminal takes for a command."""
    text = without_token(str(text))
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)[:500]


def page(text):
    """The first readable words of a page."""
    return " ".join(plain(without_token(re.sub(r"<[^>]*>", " ", without_token(text[:20000])))).split())[:160]


def files(count):
    return "%d file%s" % (count, "" if count == 1 else "s")


def part(text):
    """An id as a part of a URL: "#" and "/" too."""
    return quote(text, safe="")


def load(name, text, count):
    """A table of this script, one JSON value a line."""
    try:
        rows = [json.loads(line) for line in text.split("\n") if line]
    except ValueError:
        rows = []
    if len(rows) != count:
        give_up("This script is incomplete: the table %s does not have all of its %d lines." % (name, count))
    return rows


# What was sent for the item at hand. late: a change that no answer could be read to: it may be carried out at any time.
doing = {"method": "GET", "late": False}
LATE = "An earlier request got no answer and may have been carried out."


def call(method, path, body=None, seconds=60, query=None):
    """As `ask`. A change without an answer is noted here, whatever is made of it."""
    doing["method"] = method
    try:
        return ask(method, path, body, seconds, query)
    except Unanswered:
        doing["late"] = doing["late"] or method != "GET"
        raise


def ask(method, path, body, seconds, query):
    """Sends JSON. Returns the status and the answer of a success, raises Refused, Unanswered or Stop for all else.

    Only JSON with an errcode is a word of the homeserver. A 404 or 401 without one is a proxy's, and says nothing about what was
    asked for."""
    busy = 0
    while True:
        try:
            response = session.request(
                method, address(path), params=query, json=body, timeout=(30, seconds), allow_redirects=False
            )
            text = response.content.decode("utf-8", "replace")
        except requests.RequestException as error:
            raise Unanswered("No answer could be read. " + plain(error)) from error
        status = response.status_code
        try:
            answer = json.loads(text)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            answer = None
        if status < 300:
            if answer is None:
                raise Unanswered("Something in front of the homeserver answered %d with a page that is not from Synapse: %s" % (status, page(text)))
            return status, answer
        errcode, error = spoken(path, answer)
        said = isinstance(errcode, str)
        if said:
            words = "%s (%d %s)" % (plain(error or "refused"), status, plain(errcode))
        else:
            words = "Something in front of the homeserver, not Synapse, answered %d: %s" % (status, page(text))
        if said and status == 401:
            raise Stop(3, "%s does not accept the access token: %s" % (whose(path), words))
        if said and status == 403 and error == "You are not a server admin":
            raise Stop(3, "The homeserver says: " + words)
        if status == 429 and busy < 19:
            busy += 1
            # The time it asks for may be missing, negative or absurd: half a second at least, five minutes at most.
            said = answer.get("retry_after_ms") if answer else None
            ms = said if isinstance(said, (int, float)) and said > 0 else 500 * 2 ** (busy - 1)
            wait = min(max(ms, 500), 300000) / 1000
            print("The homeserver asks to slow down: waiting %g s." % wait)
            time.sleep(wait)
            continue
        # What is too large for a proxy, or comes too often for it, is not passed on.
        if status >= 500 or not (said or status in (413, 429)):
            raise Unanswered(words)
        raise Refused(words, status, errcode, error)


def address(path):
    """What begins with mas: goes to Matrix Authentication Service, whose Admin API is elsewhere."""
    return MAS + path[4:] if path.startswith("mas:") else HOMESERVER + path


def whose(path):
    return "MAS" if path.startswith("mas:") else "The homeserver"


def spoken(path, answer):
    """The code and the words of a refusal, in an answer of whoever was asked. MAS has words alone."""
    if not answer:
        return None, None
    if not path.startswith("mas:"):
        return answer.get("errcode"), answer.get("error")
    errors = answer.get("errors")
    titles = [one.get("title") for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []
    titles = [title for title in titles if isinstance(title, str)]
    return ("MAS", ": ".join(titles)) if titles else (None, None)


class Tally:
    def __init__(self):
        self.counts = {"done": 0, "skipped": 0, "failed": 0, "unknown": 0}
        self.alone, self.tried, self.bad, self.late = 3, 0, 0, 0

    def tell(self, label, outcome, reason, late=False):
        self.late += late
        self.counts[outcome] += 1
        ended = sum(self.counts.values())
        print("[%d/%d] %-7s %s%s" % (ended, COUNT, outcome, plain(label), ": " + reason if reason else ""))

    def guard(self, outcome):
        """Any failure among the first items, or more than 5 % later, is a reason to stop and let somebody look."""
        failure = outcome in ("failed", "unknown")
        self.tried += outcome != "skipped"
        self.bad += failure
        first = self.alone > 0
        self.alone -= first
        if not failure or os.environ.get("GLIA_GO_ON"):
            return
        if first:
            raise Stop(4, "One of the first items did not succeed. Find out why, or set GLIA_GO_ON=1 to continue anyway.")
        if self.tried >= 20 and self.bad * 20 > self.tried:
            raise Stop(4, "More than 5% of the items did not succeed. Find out why, or set GLIA_GO_ON=1 to continue anyway.")

    def end(self, code, why):
        print("\n" + why)
        left = COUNT - sum(self.counts.values())
        told = ", ".join("%d %s" % (count, name) for name, count in self.counts.items())
        print("%s, %d not started." % (told, left))
        sys.exit(code)


def settle(item):
    """One item. Returns how it ended, why, and whether a change that was sent may still come though it ended otherwise."""
    doing["late"] = False
    state = {}
    outcome, reason = repeat(item, state)
    # Only what an answer says is done. `told`: the reason itself says that it may be by this script.
    late = doing["late"] and outcome in ("skipped", "failed") and "told" not in state
    return outcome, (reason + " (%s)" % LATE if late else reason), late


def repeat(item, state):
    """Tries one item until its outcome is known, or four times. `state` is what its tries tell each other."""
    tries = 0
    while True:
        tries += 1
        try:
            return attempt(item, state)
        except Unanswered as error:
            # An answer that is not what Synapse sends here is none.
            doing["late"] = doing["late"] or doing["method"] != "GET"
            if not REPEATABLE or tries >= 4:
                return "unknown", str(error)
            time.sleep(2 ** (tries - 1) * random.uniform(0.5, 1))
        except Refused as error:
            return "failed", str(error)
        except UnicodeError as error:
            return "failed", "It can't be sent: " + plain(error)
        except (KeyError, TypeError, AttributeError) as error:
            doing["late"] = doing["late"] or doing["method"] != "GET"
            words = "The answer is not in a form that this script knows: %s %s"
            return "failed" if REPEATABLE else "unknown", words % (type(error).__name__, plain(error))


def run():
    print("%s\nOn %s, as %s.\n" % (TITLE, HOMESERVER, plain(ADMIN)))
    tally = Tally()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        try:
            # r0: every Synapse has it, v3 only those from 1.48 on.
            _, me = call("GET", "/_matrix/client/r0/account/whoami")
        except (Refused, Unanswered) as error:
            give_up("Could not read whose access token this is: " + str(error))
        if not isinstance(me.get("user_id"), str):
            give_up("Could not read whose access token this is: the answer is not what Synapse sends here.")
        if me["user_id"] != ADMIN:
            give_up("This access token does not belong to %s, who made this plan." % plain(ADMIN))
        for item in ITEMS:
            try:
                outcome, reason, late = settle(item)
            except (Stop, KeyboardInterrupt):
                # In the middle of an item: it is not one that was not started.
                if doing["late"]:
                    tally.tell(label(item), "unknown", LATE)
                raise
            tally.tell(label(item), outcome, reason, late)
            doing["late"] = False
            tally.guard(outcome)
    except Stop as stop:
        tally.end(stop.code, str(stop))
    except KeyboardInterrupt:
        tally.end(130, "Stopped. The last request may have been carried out. Running this again is harmless.")
    if tally.counts["failed"] + tally.counts["unknown"] + tally.late == 0:
        tally.end(0, "Finished.")
    tally.end(1, "Finished, but not everything succeeded. The reasons are above. Running this again is harmless.")


# Taken out of what programs started from here inherit.
TOKEN = os.environ.pop("GLIA_TOKEN", "")
if not TOKEN:
    give_up("GLIA_TOKEN is not set. Set it to the access token of the admin who made this plan.")
if not all(c.isascii() and (c.isalnum() or c in "._~+/=:-") for c in TOKEN):
    give_up("GLIA_TOKEN contains a character that no access token has. Look for spaces, quotes and line breaks.")
session = requests.Session()
session.auth = bearer
