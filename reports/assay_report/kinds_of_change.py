# SPDX-License-Identifier: MIT
"""What can differ between two records, whether it matters, and why not: the rules of a comparison
as one table."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

RUN, CONFORMANCE, BITS, KILL = "run", "conformance", "same bits", "known mistakes"
TRAINING, CLAIMS, TIME = "training", "claims", "time"
BETTER, WORSE, NEWS, NO = "better", "worse", "news", "no"  # NO: it does not matter

OTHER_COMMIT = ("the computation was changed, or the promise is broken: one commit on both "
                "machines can tell")
ONE_PROMISE = "one commit, without uncommitted changes, promises the same bits everywhere"
UNCLEAR = "for lack of a known commit without uncommitted changes, nobody can tell why"
QUICK = "a quick run asks less"


@dataclass(frozen=True)
class Kind:
    key: str
    part: str
    matters: str  # BETTER, WORSE, NEWS or NO
    noun: str
    one: str      # what happened to one, and to several; {old} and {new} are names of the records
    many: str
    why: str = ""


@dataclass(frozen=True)
class Change:
    """One difference. `subject` is where it is, such as a configuration; `item` is what differs."""
    kind: Kind
    subject: str
    item: str
    before: str
    after: str
    old: Optional[float] = None
    new: Optional[float] = None
    size: float = 0.0  # the larger, the earlier it is named

    @property
    def matters(self):
        return self.kind.matters != NO


KINDS = {kind.key: kind for kind in (
    Kind("invalid", RUN, WORSE, "result", "was VALID and is INVALID", ""),
    Kind("valid", RUN, BETTER, "result", "was INVALID and is VALID", ""),
    Kind("reason", RUN, NEWS, "result", "is INVALID for another reason", ""),

    Kind("fails", CONFORMANCE, WORSE, "case", "passed and now fails", "passed and now fail"),
    Kind("passes", CONFORMANCE, BETTER, "case", "failed and now passes", "failed and now pass"),
    Kind("dropped", CONFORMANCE, WORSE, "case", "passed and is not covered any more",
         "passed and are not covered any more"),
    Kind("dropped_quick", CONFORMANCE, NO, "case", "passed and is not covered",
         "passed and are not covered", QUICK),
    Kind("covered", CONFORMANCE, BETTER, "case", "was not covered and now passes",
         "were not covered and now pass"),
    Kind("covered_fails", CONFORMANCE, WORSE, "case", "was not covered and now fails",
         "were not covered and now fail"),
    Kind("silenced", CONFORMANCE, WORSE, "case", "failed and is not covered any more",
         "failed and are not covered any more", "not to be asked is not to be right"),
    Kind("status", CONFORMANCE, NEWS, "case", "has another status", "have another status"),
    Kind("grade_better", CONFORMANCE, BETTER, "case", "has a better grade", "have a better grade"),
    Kind("grade_worse", CONFORMANCE, WORSE, "case", "has a worse grade", "have a worse grade"),
    Kind("other_failure", CONFORMANCE, NO, "case", "fails in another way", "fail in another way",
         "it was not right before, and is not right now"),
    Kind("moved", CONFORMANCE, NO, "case", "moved within its bound by more than a factor of 2",
         "moved within their bounds by more than a factor of 2",
         "rounding alone explains either answer"),
    Kind("moved_beyond", CONFORMANCE, NO, "case",
         "moved beyond its bound by more than a factor of 2",
         "moved beyond their bounds by more than a factor of 2",
         "it failed before, and fails with the same grade"),
    Kind("new", CONFORMANCE, NO, "case", "is new", "are new", "there is nothing to compare with"),
    Kind("new_fails", CONFORMANCE, WORSE, "case", "is new and fails", "are new and fail"),
    Kind("removed", CONFORMANCE, WORSE, "case", "was removed from the corpus",
         "were removed from the corpus", "what is not asked can be wrong"),
    Kind("removed_quick", CONFORMANCE, NO, "case", "was not asked", "were not asked", QUICK),
    Kind("appeared", CONFORMANCE, NO, "configuration", "is only in {new}",
         "are only in {new}", "there is nothing to compare with"),
    Kind("appeared_fails", CONFORMANCE, WORSE, "configuration",
         "is only in {new} and fails", "are only in {new} and fail"),
    Kind("disappeared", CONFORMANCE, NO, "configuration", "is only in {old}",
         "are only in {old}", "there is nothing to compare with"),

    Kind("bits_broken", BITS, WORSE, "answer", "has other bits: a broken promise",
         "have other bits: a broken promise", ONE_PROMISE),
    Kind("bits_recomputed", BITS, NEWS, "answer", "has other bits at another commit",
         "have other bits at another commit", OTHER_COMMIT),
    Kind("bits_unclear", BITS, NEWS, "answer", "has other bits", "have other bits", UNCLEAR),
    Kind("bits_asked", BITS, NO, "answer", "has other bits, for other questions",
         "have other bits, for other questions", "the corpora, or parts of it, are not the same"),
    Kind("bits_within", BITS, WORSE, "answer",
         "was the same in all runs and now depends on the run",
         "were the same in all runs and now depend on the run"),
    Kind("bits_mended", BITS, BETTER, "answer", "depended on the run and is now the same in all",
         "depended on the run and are now the same in all"),
    Kind("bits_still", BITS, NO, "answer", "depends on the run, as before",
         "depend on the run, as before", "the promise was broken before"),
    Kind("bits_only", BITS, NO, "answer", "was computed in one of the runs only",
         "were computed in one of the runs only", "there is nothing to compare with"),
    Kind("control_agrees", BITS, WORSE, "negative control",
         "has the reproducible bits now, which it must not",
         "have the reproducible bits now, which they must not",
         "then the comparison of bits cannot fail"),
    Kind("control_differs", BITS, BETTER, "negative control", "differs again, as it should",
         "differ again, as they should"),
    Kind("control_gone", BITS, WORSE, "negative control", "was not run", "were not run",
         "without it nothing shows that the comparison of bits can fail"),
    Kind("control_bits", BITS, NO, "negative control", "has other bits", "have other bits",
         "the fast arithmetic promises none"),

    Kind("survives", KILL, WORSE, "fork", "was caught and now passes", "were caught and now pass"),
    Kind("caught", KILL, BETTER, "fork", "passed and is now caught", "passed and are now caught"),
    Kind("rejected", KILL, WORSE, "twin", "is right by another way, passed, and is now rejected",
         "are right by another way, passed, and are now rejected"),
    Kind("accepted", KILL, BETTER, "twin", "was rejected and now passes",
         "were rejected and now pass"),
    Kind("spared", KILL, WORSE, "fork", "was caught in binary32 and is now hidden by its rounding",
         "were caught in binary32 and are now hidden by its rounding"),
    Kind("unspared", KILL, BETTER, "fork", "was hidden by rounding in binary32 and is now caught",
         "were hidden by rounding in binary32 and are now caught"),
    Kind("fork_added", KILL, NO, "mistake", "is new, and judged right", "are new, and judged right",
         "more is tried than before"),
    Kind("fork_added_wrong", KILL, WORSE, "mistake", "is new, and judged wrong",
         "are new, and judged wrong"),
    Kind("fork_removed", KILL, WORSE, "mistake", "was removed", "were removed",
         "what is not tried is not known to be caught"),
    Kind("fork_cases", KILL, NO, "fork", "is caught by another number of cases",
         "are caught by another number of cases", "one case is enough to catch it"),
    Kind("control_missed", KILL, WORSE, "negative control", "was always caught and is now missed",
         "were always caught and are now missed"),
    Kind("control_caught", KILL, BETTER, "negative control", "was missed and is now always caught",
         "were missed and are now always caught"),
    Kind("control_removed", KILL, WORSE, "negative control", "was removed", "were removed"),

    Kind("weights_broken", TRAINING, WORSE, "training", "ends with other weights: a broken promise",
         "end with other weights: a broken promise", ONE_PROMISE),
    Kind("weights_recomputed", TRAINING, NEWS, "training",
         "ends with other weights at another commit", "end with other weights at another commit",
         OTHER_COMMIT),
    Kind("weights_unclear", TRAINING, NEWS, "training", "ends with other weights",
         "end with other weights", UNCLEAR),
    Kind("weights_fast", TRAINING, NO, "training", "ends with other weights in fast arithmetic",
         "end with other weights in fast arithmetic", "the fast arithmetic promises no bits"),
    Kind("accuracy", TRAINING, NEWS, "training", "has another accuracy with the same weights",
         "have another accuracy with the same weights", "so the measuring was changed"),
    Kind("recipe", TRAINING, NO, "training", "follows another recipe", "follow another recipe",
         "another recipe leads to other weights"),
    Kind("training_only", TRAINING, NO, "training", "was run in one of the records only",
         "were run in one of the records only", "there is nothing to compare with"),
    Kind("target_missed", TRAINING, WORSE, "target", "was reached and is missed", ""),
    Kind("target_reached", TRAINING, BETTER, "target", "was missed and is reached", ""),

    Kind("verdict", CLAIMS, NEWS, "claim", "has another verdict", "have another verdict"),
    Kind("claim_broken", CLAIMS, WORSE, "claim", "has other figures: a broken promise",
         "have other figures: a broken promise", ONE_PROMISE),
    Kind("claim_recomputed", CLAIMS, NEWS, "claim", "has other figures at another commit",
         "have other figures at another commit", OTHER_COMMIT),
    Kind("claim_unclear", CLAIMS, NEWS, "claim", "has other figures", "have other figures",
         UNCLEAR),
    Kind("published_lost", CLAIMS, WORSE, "claim", "has not the published figures any more",
         "have not the published figures any more"),
    Kind("published_found", CLAIMS, BETTER, "claim", "has the published figures again",
         "have the published figures again"),
    Kind("claim_only", CLAIMS, NO, "claim", "is in one of the records only",
         "are in one of the records only", "there is nothing to compare with"),
    Kind("version_verdict", CLAIMS, NEWS, "claim", "has another version and another verdict",
         "have another version and another verdict",
         "the experiment was changed, and what it shows"),
    Kind("version", CLAIMS, NO, "claim", "has another version", "have another version",
         "the experiment was changed, and the verdict stands"),
    Kind("rule", CLAIMS, WORSE, "claim", "has another rule in the same version",
         "have another rule in the same version", "a rule is fixed before the run"),
    Kind("sample", CLAIMS, NO, "claim", "has another number of replicas",
         "have another number of replicas", "the verdict stands"),
    Kind("bits_of_version", CLAIMS, WORSE, "claim", "has other figures: a broken promise",
         "have other figures: a broken promise",
         "a version with as many replicas promises the same bits everywhere"),
    Kind("lost_run", CLAIMS, WORSE, "claim", "was run and is not", "were run and are not",
         "its verdict is not known any more"),
    Kind("new_run", CLAIMS, NO, "claim", "was not run and is now", "were not run and are now",
         "there is nothing to compare with"),

    Kind("slower", TIME, WORSE, "timing", "is slower", "are slower"),
    Kind("faster", TIME, BETTER, "timing", "is faster", "are faster"),
    Kind("time_within", TIME, NO, "timing", "moved", "moved",
         "by 10 % or less, or the quartiles overlap: no more than the machine's state may do"),
    Kind("time_unjudged", TIME, NO, "timing", "moved and cannot be judged",
         "moved and cannot be judged",
         "no ratio to the limit, or too few repetitions for quartiles, were recorded"),
    Kind("time_only", TIME, NO, "timing", "was timed in one of the records only",
         "were timed in one of the records only", "there is nothing to compare with"),
)}


def change(key, subject, item, before, after, **more):
    return Change(KINDS[key], subject, item, before, after, **more)
