# Each item is read just before it is changed. It is skipped if it is no longer as planned. Otherwise one request is sent, and what
# the homeserver then says decides whether it is done.

BY_SOMEONE = "It was already so: done by an earlier request of this script that got no answer, or by someone else."


def label(item):
    return item[0]


def value_at(answer, names):
    for name in names:
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer


def read_place(answer, place):
    value, kind = value_at(answer, place["at"]), place["as"]
    if value is None and "or" in place:
        value = value_at(answer, place["or"])
    if kind in ("present", "absent"):
        return (value is None) == (kind == "absent")
    if kind == "boolean" and isinstance(value, bool):
        return value
    if kind == "flag":
        if value is None or value in (False, 0):
            return False
        if value in (True, 1):
            return True
    if kind == "list" and isinstance(value, list):
        listed = [{name: one[name] for name in place["of"]} for one in value]
        if all(isinstance(text, str) for one in listed for text in one.values()):
            return listed
    if kind == "text" and (value is None or isinstance(value, str)):
        return value or None
    if kind in ("ms", "seconds"):
        if value is None:
            return None
        if type(value) in (int, float):
            return value if kind == "ms" else value * 1000
    raise TypeError("%s is %r" % (".".join(place["at"]), value))


def state_of(answer):
    watch = SHAPE[0]["watch"]
    if not isinstance(watch.get("whole"), list):
        return {name: read_place(answer, place) for name, place in watch.items()}
    if answer == {}:
        return None
    found = {name: answer[name] for name in watch["whole"]}
    if not all(type(one) in (int, float) for one in found.values()):
        raise TypeError("a number is missing")
    return found


def unordered(state):
    """Lists in a state have no order."""
    if isinstance(state, list):
        return sorted((unordered(one) for one in state), key=lambda one: json.dumps(one, sort_keys=True))
    return {name: unordered(part) for name, part in state.items()} if isinstance(state, dict) else state


def same(one, other):
    return unordered(one) == unordered(other)


def words(state):
    """As the plan says it; a list, and a state that the plan does not know, as it is."""
    if SHAPE[0]["list"]:
        name, of, none = SHAPE[0]["list"]
        return plain(", ".join(": ".join(one[key] for key in of) for one in state[name])) or none
    return plain(next((said for one, said in WORDS if one == state), json.dumps(state, separators=(",", ":"))))


def speaks(answer, one):
    value = read_place(answer, one["where"])
    if type(value) is bool or value is None:
        return value
    return one.get("from", value) <= value <= one.get("upTo", value)


def seen_in(answer, item):
    """What an answer about the item says: is it another one, its state, and why it must not be changed."""
    shape, identity = SHAPE[0], item[5]
    if shape["subject"] is not None and value_at(answer, shape["subject"]) != item[2]:
        raise TypeError("not what was asked about")
    now = shape["identity"] and read_place(answer, shape["identity"])
    other = identity is not None and now is not None and now != identity
    refusal = next((one["because"] for one in shape["refuse"] if speaks(answer, one)), None)
    return other, state_of(answer), refusal


OTHER = "The planned item is gone, and a new one with the same name was created since."


def other_after(item):
    """No 201 was read: somebody else may have made it."""
    if item[9] != "thing":
        return "failed", OTHER
    return "failed", (
        "ATTENTION: %s is not the same as just before: a request of this script may have created a new account of that name. "
        "Check it before you change anything." % plain(item[0])
    )


def judge(answer, item):
    try:
        other, now, _ = seen_in(answer, item)
    except (KeyError, TypeError) as error:
        raise Unclear() from error
    if other:
        return other_after(item)
    if same(now, item[4]):
        return "done", "Now %s." % words(now)
    return "failed", "The homeserver reported success, but it is %s." % words(now)


def is_success(answer, success):
    if "has" in success:
        return isinstance(answer.get(success["has"]), str)
    if "lists" in success:
        return isinstance(answer.get(success["lists"]), list)
    return answer == success["exactly"]


def attempt(item, state):
    try:
        return change(item, state)
    except Refused as error:
        if not error.gone:
            raise
    if SHAPE[0]["absent"] is None:
        return "skipped", "It does not exist on this homeserver."
    # What the action leads to.
    if "sent" not in state:
        return "skipped", "Already %s." % words(item[4])
    state["told"] = True
    return "skipped", BY_SOMEONE


can_look = [True]


def look(path):
    """None where the homeserver can't tell of a single item, and the action does without: an older one, or a worker that does
    not route this path."""
    if not can_look[0]:
        return None
    try:
        return call("GET", path)[1]
    except Refused as error:
        if not error.absent or not SHAPE[0]["blindly"]:
            raise
        can_look[0] = False
        return None


def change(item, state):
    path, planned, goal = item[1], item[3], item[4]
    answer = look(path)
    if answer is None:
        return write(item, state)
    try:
        other, now, refusal = seen_in(answer, item)
    except (KeyError, TypeError) as error:
        # Nothing is known of a change that was sent before.
        if "sent" in state:
            raise Unclear() from error
        return "failed", "The answer is not in a form that this script knows."
    if other:
        return other_after(item) if "sent" in state else ("skipped", OTHER)
    if same(now, goal):
        if "answered" in state:
            return "done", "Now %s." % words(now)
        if "sent" not in state:
            return "skipped", "Already %s." % words(now)
        state["told"] = True
        return "skipped", BY_SOMEONE
    if not same(now, planned):
        return "skipped", "Changed since the plan: now %s." % words(now)
    if refusal:
        return "skipped", plain(refusal)
    if "sent" in state and not SEND_AGAIN:
        return "unknown", "A request was sent, and it is still %s: it may still be running. It is not sent again." % words(now)
    return write(item, state)


def held_by(item):
    """Who else has what the item is to get: the homeserver would take it away without a word."""
    for what, path in item[10]:
        try:
            _, answer = call("GET", path)
        except Refused as error:
            if error.gone:
                continue
            raise
        holder = answer.get("user_id")
        if not isinstance(holder, str):
            return "failed", "The answer is not in a form that this script knows."
        if holder != item[0]:
            return "skipped", "In use by another account: %s belongs to %s." % (plain(what), plain(holder))
    return None


def write(item, state):
    path, goal = item[1], item[4]
    method, target, body, success = item[6:10]
    held = held_by(item)
    if held:
        return held
    was_sent = "sent" in state
    state["sent"] = True
    try:
        status, answer = call(method, target, body, SECONDS_TO_WAIT)
    except Refused as error:
        # A request that found nothing did nothing.
        if error.gone and not was_sent:
            del state["sent"]
        raise
    if success == "thing":
        if status == 201:
            try:
                seen_in(answer, item)
            except (KeyError, TypeError) as error:
                raise Unclear(status) from error
            return "failed", (
                "ATTENTION: %s was gone, and this request made a new account of that name (201). Deactivate it."
                % plain(item[0])
            )
        return judge(answer, item)
    if not is_success(answer, success):
        raise Unclear()
    if "lists" in success:
        if success["name"] in answer[success["lists"]]:
            return "done", "Now %s." % words(goal)
        return "failed", "The homeserver answered, but did not delete the file. Its disk may have refused."
    state["answered"] = True
    _, answer = call("GET", path)
    return judge(answer, item)
