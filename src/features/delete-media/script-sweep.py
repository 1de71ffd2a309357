# Synapse itself deletes by date and size. Each request covers about a month, oldest first, so that no proxy times out. Synapse
# chooses the files again and keeps protected and quarantined ones, so each answer is compared with the plan.


def label(item):
    return item[1]


def listed(owner):
    """The ids of all files of an owner; lists come 1,000 at a time."""
    ids, start = set(), 0
    while start is not None:
        query = {"limit": 1000, "order_by": "created_ts", "dir": "f", "from": start}
        _, answer = call("GET", "/_synapse/admin/v1/users/%s/media" % part(owner), query=query)
        ids.update(row["media_id"] for row in answer["media"])
        after = answer.get("next_token")
        start = after if isinstance(after, int) and after > start else None
    return ids


def left_over(planned):
    """How many planned files their owners' lists still have."""
    return sum(len(listed(owner).intersection(ids)) for owner, ids in planned.items())


def compare(planned, deleted):
    left = len(planned - deleted)
    more = sorted(deleted - planned)
    if not left and not more:
        return "Deleted %s, exactly as planned." % files(len(deleted))
    sample = ": " + plain(", ".join(more[:5])) if more else ""
    return "Deleted %s. Planned, but kept or already gone: %d. Deleted, but not in the plan: %d%s." % (
        files(len(deleted)),
        left,
        len(more),
        sample,
    )


def attempt(item, state):
    before_ts, _, planned = item
    query = {"before_ts": before_ts, "size_gt": LARGER_THAN, "keep_profiles": KEEP_PROFILES}
    try:
        _, answer = call("POST", SWEEP_PATH, {}, seconds=600, query=query)
        if not isinstance(answer.get("deleted_media"), list):
            raise Unclear()
    except Unanswered:
        # Synapse continues after a proxy timed out, and the next request must not start before it has finished: wait until two looks agree.
        print("No answer for %s. Waiting until Synapse has finished." % plain(label(item)))
        before, left = -1, None
        try:
            left = left_over(planned)
            while left not in (0, before):
                before = left
                time.sleep(WAIT_SECONDS)
                left = left_over(planned)
        except Refused:
            pass
        if left == 0:
            count = sum(len(ids) for ids in planned.values())
            state["told"] = True
            return "skipped", (
                "No answer came, but the planned files (%d) are no longer listed. "
                "This job or someone else deleted them." % count
            )
        raise
    return "done", compare({one for ids in planned.values() for one in ids}, set(answer["deleted_media"]))
