# DELETE spares nothing: neither what was opened a moment ago nor protected or quarantined files. So each file is looked at
# just before, where the server can tell about one file (Synapse 1.140). Looking is not opening.


def label(item):
    return item


def gone(state):
    if "sent" in state:
        state["told"] = True
        return "skipped", "Already gone when it was looked at: deleted by this job or by someone else."
    return "skipped", "Already gone when its turn came."


def why_not(info):
    """Why a planned file is left alone now, or None."""
    opened = info.get("last_access_ts")
    date = info["created_ts"] if RULE_BY == "uploaded-before" or opened is None else opened
    if date >= BEFORE_TS:
        return "Opened since the plan was made."
    if info.get("media_length") is None:
        return "Its upload is not finished."
    if info["media_length"] <= LARGER_THAN:
        return "Not as large as the plan said."
    if info.get("quarantined_by") is not None:
        return "Quarantined since the plan was made."
    if info.get("safe_from_quarantine"):
        return "Protected from quarantine since the plan was made."
    if info.get("url_cache") is not None:
        return "The preview of a link: Synapse clears those itself."
    return None


def attempt(item, state):
    global CAN_LOOK
    path = "/_synapse/admin/v1/media/%s/%s" % (part(SERVER_NAME), part(item))
    try:
        if CAN_LOOK:
            try:
                moved = why_not(call("GET", path)[1]["media_info"])
                if moved:
                    return "skipped", moved
            except Refused as error:
                if not error.absent:
                    raise
                # A worker that does not route this path, or an older server: then without a look.
                CAN_LOOK = False
        try:
            _, answer = call("DELETE", path)
            if not isinstance(answer.get("deleted_media"), list):
                raise Unclear()
        except Unanswered:
            state["sent"] = True
            raise
    except Refused as error:
        if error.gone:
            return gone(state)
        raise
    if item in answer["deleted_media"]:
        return "done", ""
    return "failed", "The server answered, but could not remove the file from its disk (0 deleted)."
