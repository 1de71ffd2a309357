# Only the planned pairs, room by room. A user is looked at again before the join, and so are the room's members: deactivated
# ones would be joined without complaint, and a second join would overwrite a member's name in a public room.

# How long such a look is good for, in seconds.
FRESH = 60
closed = {}
looks = {}


def label(item):
    room_id = ROOMS[item[0]][0]
    return "%s to %s" % (USERS[item[1]], room_id) if len(item) > 1 else "make me admin of " + room_id


def fresh(key, look):
    known = looks.get(key)
    if known is None or time.monotonic() - known[0] >= FRESH:
        known = looks[key] = (time.monotonic(), look())
    return known[1]


def make_admin(at):
    room_id, _, _, admin_in, _ = ROOMS[at]
    # Where this does not work, the room's joins would only fail one by one.
    closed[at] = "You were not made an admin of the room, so nobody could be invited."
    _, answer = call("POST", "/_synapse/admin/v1/rooms/%s/make_room_admin" % part(room_id), {"user_id": ADMIN})
    if answer != {}:
        raise Unclear()
    if not admin_in:
        # It invites who is not in the room yet; the join is the invited one's own.
        _, answer = call("POST", "/_matrix/client/r0/join/" + part(room_id), {}, seconds=300)
        if answer.get("room_id") != room_id:
            raise Unclear()
    try:
        short = short_of(room_id)
    except Refused as error:
        return "failed", "You were made an admin of the room, but whether you are one could not be read: %s" % error
    if short:
        return "failed", "The answer was a success, but " + short
    del closed[at]
    return "done", "You may invite now." if admin_in else "You joined, and may invite now."


def level(value, otherwise):
    try:
        return float(value) if isinstance(value, str) else value + 0
    except (TypeError, ValueError):
        return otherwise


def short_of(room_id):
    """What the admin lacks to invite, or None: looked at, since the answers don't name it."""
    _, answer = call("GET", "/_synapse/admin/v1/users/%s/joined_rooms" % part(ADMIN))
    is_in = room_id in answer["joined_rooms"]
    content, senders = {}, {}
    for kind in ("m.room.power_levels", "m.room.create"):
        _, answer = call("GET", "/_synapse/admin/v1/rooms/%s/state" % part(room_id), query={"type": kind})
        for event in answer["state"]:
            if event["type"] == kind:
                content[kind], senders[kind] = event["content"], event["sender"]
    create, levels = content["m.room.create"], content.get("m.room.power_levels", {})
    # From version 12 on creators stand above every level.
    above = level(create.get("room_version"), 0) >= 12 and ADMIN in [senders["m.room.create"]] + create.get("additional_creators", [])
    power = level(levels.get("users", {}).get(ADMIN), level(levels.get("users_default"), 0))
    takes = level(levels.get("invite"), 0)
    if is_in and (above or power >= takes):
        return None
    return "you have %s in the room and are %sin it; to invite there takes %g." % (
        "the power of a creator" if above else "power %g" % power, "" if is_in else "not ", takes,
    )


def state_of(user_id):
    _, user = call("GET", "/_synapse/admin/v2/users/" + part(user_id))
    if user["name"] != user_id:
        raise TypeError("not the user who was asked about")
    if user.get("deactivated"):
        return "Deactivated since the plan was made."
    if user.get("locked"):
        return "Locked since the plan was made."
    return "This user is suspended: the homeserver would refuse the join." if user.get("suspended") else None


def members_of(room_id):
    _, answer = call("GET", "/_synapse/admin/v1/rooms/%s/members" % part(room_id), seconds=300)
    return set(answer["members"])


def look_again(room_id, known, user_id):
    """Why this user may not be joined any more, or None. The plan said yes, but that was a while ago."""
    changed = fresh(("user", user_id), lambda: state_of(user_id))
    if changed:
        return changed
    if known and user_id in fresh(("room", room_id), lambda: members_of(room_id)):
        return "Already in the room: joined by someone else since the plan."
    return None


def end_of(room_id):
    """Where the room's timeline ends, or None where this homeserver does not tell it."""
    try:
        _, answer = call("GET", "/_synapse/admin/v1/rooms/%s/messages" % part(room_id), query={"dir": "b", "limit": 0})
    except Refused:
        return None
    return answer.get("start")


def came_in(room_id, user_id, since, began):
    """Whether a join of the user is newer than the request that was sent at `began`: who is in a public room already is joined again
    with the same answer, and no event."""
    where = {"dir": "f", "from": since, "limit": 20} if since else {"dir": "b", "limit": 1}
    where["filter"] = json.dumps({"types": ["m.room.member"], "senders": [user_id]})
    try:
        _, answer = call("GET", "/_synapse/admin/v1/rooms/%s/messages" % part(room_id), query=where)
    except (Refused, Unanswered):
        return False
    passed = (time.monotonic() - began) * 1000 + 50
    made = 0
    for event in answer.get("chunk") or []:
        unsigned = event.get("unsigned") or {}
        before = (unsigned.get("prev_content") or {}).get("membership")
        is_new = "replaces_state" not in unsigned if before is None else before != "join"
        if event.get("state_key") != user_id or (event.get("content") or {}).get("membership") != "join":
            continue
        if is_new and isinstance(unsigned.get("age"), (int, float)) and unsigned["age"] <= passed:
            made += 1
    return made == 1


# It names the earlier request itself.
ALREADY_IN = "Already in the room: joined by an earlier request of this script or by someone else."


def attempt(item, state):
    # [room] alone: make me its admin. [room, user]: a join.
    if len(item) == 1:
        return make_admin(item[0])
    room_id, known, is_open, _, via = ROOMS[item[0]]
    user_id = USERS[item[1]]
    if item[0] in closed:
        return "failed", closed[item[0]]
    # After an unanswered try the member may be in because of us: the answer to the next one tells.
    again = "sent" in state
    moved = None if again else look_again(room_id, known, user_id)
    if moved:
        return "skipped", moved
    since = end_of(room_id) if known else ""
    state["sent"] = True
    began = time.monotonic()
    query = [("server_name", server) for server in via]
    try:
        _, answer = call(
            "POST", "/_synapse/admin/v1/join/" + part(room_id), {"user_id": user_id}, seconds=300, query=query
        )
    except Refused as error:
        # No errcode of its own: told by its words.
        if error.status == 403 and error.errcode == "M_FORBIDDEN" and str(error.error).endswith("is already in the room."):
            state["told"] = True
            return "skipped", ALREADY_IN
        if error.status == 403 and error.errcode == "M_USER_SUSPENDED" and not is_open:
            # The invitation goes out before the join is refused.
            return "failed", "%s. Your invitation was sent before that, and remains." % error
        raise
    if not isinstance(answer.get("room_id"), str):
        raise Unclear()
    if answer["room_id"] != room_id:
        raise Unclear()
    if since is not None and came_in(room_id, user_id, since, began):
        return "done", ""
    state["told"] = True
    return "skipped", ALREADY_IN
