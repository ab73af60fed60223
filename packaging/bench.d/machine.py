"""What the numbers were taken on."""

import os
import platform
import subprocess


def first_line(*command):
    """What a program says first; None where there is no such program."""
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.strip().splitlines()[0] if said.strip() else None


def cpu():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    return models[0] if models else platform.processor()


def memory():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def facts(root, rubrica):
    """Name → fact."""
    git = lambda *arguments: first_line("git", "-C", root, *arguments)  # noqa: E731
    changed = git("status", "--porcelain", "--untracked-files=no")
    return {
        "processor": cpu(),
        "cores": len(os.sched_getaffinity(0)),
        "memory": f"{memory() / 2**30:.0f} GiB",
        "kernel": platform.release(),
        "rubrica": first_line(rubrica, "--version"),
        "commit": f"{git('rev-parse', '--short', 'HEAD')}{' and changes' if changed else ''}",
        "rustc": first_line("rustc", "--version"),
        "python": platform.python_version(),
        "polars": version("polars"),
        "duckdb": version("duckdb"),
    }


def version(package):
    from importlib.metadata import version as of

    return of(package)


def ticks():
    """Processor time of the whole machine so far, in ticks: (spent, all)."""
    with open("/proc/stat", encoding="utf-8") as file:
        numbers = [int(number) for number in file.readline().split()[1:9]]
    idle = numbers[3] + numbers[4]
    return sum(numbers) - idle, sum(numbers)


def own_seconds():
    """Processor time of this process and those it has waited for, in seconds."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class Others:
    """How busy the machine was with work that is not ours."""

    def __init__(self):
        self.start = ticks(), own_seconds()

    def share(self):
        """From 0 to 1, since this was made."""
        (spent, total), own = self.start
        now_spent, now_total = ticks()
        ours = (own_seconds() - own) * os.sysconf("SC_CLK_TCK")
        return max(0.0, (now_spent - spent - ours) / max(1, now_total - total))
