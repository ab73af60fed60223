"""One row of the results."""

from dataclasses import dataclass, field
from typing import Optional

from runs import Times


@dataclass
class Row:
    """One figure with its peer."""

    work: str
    data: str
    rubrica: Times
    # "s" for seconds, "B" for bytes, "%" of one core, or what is counted.
    unit: str
    peer_name: str
    peer: Optional[Times]
    # What `ratio` is, in words.
    ratio_of: str
    ratio: Optional[float]
    # Such as "≥ 2"; None where nothing is asked.
    target: Optional[str]
    note: str = ""
    details: dict = field(default_factory=dict)

    @property
    def reached(self):
        """Whether the target is reached; None where there is none."""
        if self.target is None or self.ratio is None:
            return None
        sign, number = self.target.split()
        return self.ratio >= float(number) if sign == "≥" else self.ratio <= float(number)

    def to_json(self):
        return {
            "work": self.work,
            "data": self.data,
            "unit": self.unit,
            "rubrica": self.rubrica.to_json(),
            "peer_name": self.peer_name,
            "peer": self.peer.to_json() if self.peer else None,
            "ratio_of": self.ratio_of,
            "ratio": self.ratio,
            "target": self.target,
            "reached": self.reached,
            "note": self.note,
            **self.details,
        }
