# A PUT replaces the whole list of external ids and makes an account where there is none. So each user is looked at just
# before, skipped where the ids are not the planned ones any more, sent only "external_ids", and judged by the answer:
# it holds the user as the database has it afterwards.


def label(item):
    return item[0]


def pairs(ids):
    return sorted((one["auth_provider"], one["external_id"]) for one in ids)


def words(ids):
    return plain(", ".join("%s: %s" % pair for pair in pairs(ids))) or "none"


def made_anew(user_id):
    return "failed", "ATTENTION: %s had gone, and this request made a new account of that name (201). Deactivate it." % plain(user_id)


def is_another(user_id):
    """No 201 was read: somebody else may have made it."""
    words = "ATTENTION: %s is not the account that it was just before: a request of this script may have made a new one of that name. "
    return "failed", words % plain(user_id) + "Look at it before you change anything."


def judge_late(user_id, state, user):
    """What came of a request without an answer, by a look: whether it was ours nobody knows."""
    state["told"] = True
    if state["born"] != user.get("creation_ts"):
        return is_another(user_id)
    outcome, reason = judge(state["keeps"], user["external_ids"])
    return "skipped" if outcome == "done" else outcome, GONE_LATE + reason


GONE_LATE = "Gone when looked at: removed by this script or by someone else. "


def judge(keeps, ids):
    """Whether what there is now is what was meant: none of the provider, and all that was to be kept."""
    if any(one["auth_provider"] == PROVIDER for one in ids):
        return "failed", "There is now %s: a sign-in may have added it again." % words(ids)
    if set(pairs(keeps)) - set(pairs(ids)):
        return "failed", "Some of what was to be kept is missing."
    return "done", "Left: %s." % words(ids) if ids else "No external id is left."


def attempt(item, state):
    user_id, planned = item[0], item[1:]
    path = "/_synapse/admin/v2/users/" + part(user_id)
    _, user = call("GET", path)
    if user["name"] != user_id or not isinstance(user["external_ids"], list):
        raise TypeError("not the user who was asked about")
    now, born = user["external_ids"], user.get("creation_ts")
    found = [one for one in now if one["auth_provider"] == PROVIDER]
    keeps = [
        {"auth_provider": one["auth_provider"], "external_id": one["external_id"]}
        for one in now
        if one["auth_provider"] != PROVIDER
    ]
    if not found:
        if "keeps" not in state:
            return "skipped", "Changed since the plan: the ids are gone already."
        return judge_late(user_id, state, user)
    wanted = {(PROVIDER, external_id) for external_id in planned}
    if "keeps" in state and wanted - set(pairs(found)):
        return judge_late(user_id, state, user)
    if pairs(found) != sorted((PROVIDER, external_id) for external_id in planned):
        return "skipped", "Changed since the plan: it now has %s." % words(found)
    state["keeps"], state["born"] = keeps, born
    status, after = call("PUT", path, {"external_ids": keeps})
    if after.get("name") != user_id:
        raise Unclear(status)
    if status == 201:
        return made_anew(user_id)
    if not isinstance(after.get("external_ids"), list):
        raise Unanswered("Answered with 200, but not with the user as it is now.")
    return judge(keeps, after["external_ids"]) if after.get("creation_ts") == born else is_another(user_id)
