# Cached files of other homeservers can't be listed: only a count comes back. Each request covers about a month, oldest first,
# so that no proxy times out. Quarantined files are kept.


def label(item):
    return item[1]


def attempt(item, state):
    _, answer = call("POST", "/_synapse/admin/v1/purge_media_cache", {}, seconds=600, query={"before_ts": item[0]})
    return "done", "Deleted %s." % files(answer["deleted"])
