"""Everything that is measured. As a script it lists that, and the data sets."""

import work_frames
import work_memory
import work_score
import work_window
from shapes import SHAPES

# Name → measurement, what it is.
WORKS = {
    "whole": (work_score.whole, "a file on disk to scores and summary, beside Polars, DuckDB and Python"),
    "pass": (work_score.score_pass, "the score pass over loaded texts, beside Polars"),
    "growth": (work_score.growth, "one thread and two; a quarter of the data, half and all"),
    "memory": (work_memory.scoring, "the most memory held while scoring a file, beside Polars and DuckDB"),
    "stream": (work_memory.streaming, "the most memory held while scoring pipes of 0.5, 1 and 2 GB"),
    "frames": (work_frames.frames, "frames of the window at a million responses, and how soon an edit is fresh"),
    "start": (work_window.start, "from start to first frame, beside a bare window"),
    "idle": (work_window.idle, "frames and processor time of a window left alone"),
    "window": (work_window.memory, "the most memory held by the window on large files, beside a bare window"),
}

if __name__ == "__main__":
    print("Measurements:")
    for name, (_, what) in WORKS.items():
        print(f"  {name:10}{what}")
    print("Data sets:")
    for name, (make, rows) in SHAPES.items():
        print(f"  {name:10}{rows:,} rows. {(make.__doc__ or '').splitlines()[0]}")
