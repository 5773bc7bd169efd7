"""Loads the view convokit with ConvoKit and holds it against the view threads.

usage: interop-convokit.py CONVOKIT_FOLDER THREADS_FILE
"""
import datetime
import json
import math
import pathlib
import sys

from convokit import Corpus

folder, lines = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
checks = 0


def check(ok, what):
    global checks
    checks += 1
    if not ok:
        sys.exit(f"FAILED: {what}")


corpus = Corpus(filename=str(folder))
threads = [json.loads(line) for line in lines.read_text().splitlines()]
check(len(threads) == len(list(corpus.iter_conversations())), "as many conversations as threads")

said = {}  # utterances by speaker
n = walked = 0
for t in threads:
    conversation = corpus.get_conversation(t["article_id"])
    check(conversation.check_integrity(verbose=False), f"{t['article_id']} is a tree")
    check(conversation.meta["title"] == t["title"] and conversation.meta["n_comments"] == t["n_comments"], "metadata of a conversation")
    check("byline" not in conversation.meta and "text" not in conversation.meta, "no names, no second text")
    root = corpus.get_utterance(t["article_id"])
    check(root.reply_to is None and root.text == (t["text"] or ""), "the article is the root")
    # Iterative, since a thread may be deep: comments with what they reply to.
    open_comments = [(c, t["article_id"]) for c in t["comments"]]
    ids = {t["article_id"]}
    while open_comments:
        c, parent = open_comments.pop()
        open_comments += [(r, c["comment_id"]) for r in c["replies"]]
        u = corpus.get_utterance(c["comment_id"])
        check(u.reply_to == (c["parent_id"] or t["article_id"]) == parent, f"{u.id} replies to {u.reply_to}, nested below {parent}")
        check(u.text == (c["text"] or ""), f"the text of {u.id}")
        check(u.conversation_id == t["article_id"], f"the conversation of {u.id}")
        check(u.speaker.id == (c["commenter_id"] or "(anonymous)"), f"the speaker of {u.id}")
        check((u.timestamp is None) == (c["posted_at"] is None and c["posted_local"] is None), f"the time of {u.id}")
        check((u.meta["timestamp_basis"] == "instant") == (c["posted_at"] is not None), f"the basis of the time of {u.id}")
        if c["posted_at"]:
            instant = datetime.datetime.fromisoformat(c["posted_at"])
            check(u.timestamp == math.floor(instant.timestamp()), f"the time of {u.id}")
        check(u.meta["state"] == c["state"] and u.meta["depth"] == c["depth"], f"metadata of {u.id}")
        if c["state"] != "missing":
            said[u.speaker.id] = said.get(u.speaker.id, 0) + 1
        ids.add(u.id)
        n += 1
    check(set(conversation.get_utterance_ids()) == ids, f"all utterances of {t['article_id']}")
    if all(u.timestamp is not None for u in conversation.iter_utterances()):  # else ConvoKit has no order
        check(len(list(conversation.traverse("dfs"))) == len(ids), f"ConvoKit walks through {t['article_id']}")
        walked += 1
for s in corpus.iter_speakers():
    if not s.id.startswith("("):
        check(s.meta["n_utterances"] == said[s.id], f"the utterances of {s.id}")
index = json.loads((folder / "index.json").read_text())
for u in corpus.iter_utterances():
    check(u.id in {t["article_id"] for t in threads} or set(u.meta) == set(index["utterances-index"]), f"the index has the metadata of {u.id}")
check(walked > 0, "no conversation has all its times")
print(f"convokit: {len(threads)} conversations, {walked} of them walked through, {n} comments, {checks} checks")
