"""A display that nobody sees, and an X client on it that is told of every picture a window presents."""

import os
import select
import subprocess
import time

WIDTH, HEIGHT = 1600, 1000
# So long nothing more comes of what was on the display before.
CALM = 0.3


class Display:
    """An Xvfb of our own. Frames are what the server reports as damaged: nothing in the programs is changed."""

    def __enter__(self):
        read, write = os.pipe()
        screen = f"{WIDTH}x{HEIGHT}x24"
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-nolisten", "tcp"],
            pass_fds=[write],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as numbers:
            self.name = f":{numbers.readline().strip()}"
        self._watch()
        return self

    def __exit__(self, *_):
        self.client.close()
        self.server.terminate()
        self.server.wait()

    def _watch(self):
        from Xlib import display
        from Xlib.ext import damage

        self.client = display.Display(self.name)
        self.client.damage_query_version()
        self.root = self.client.screen().root
        # What is drawn in any window on the display, one event each time.
        self.root.damage_create(damage.DamageReportRawRectangles)
        self.client.sync()

    def frames(self, seconds):
        """The times (of time.perf_counter) at which a picture was presented, as they come, for so many seconds.

        A server that paints its own background, or what a closed window uncovered, is reported as well: see `calm`.
        """
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if not self.client.pending_events() and not select.select([self.client], [], [], left)[0]:
                return
            while self.client.pending_events():
                self.client.next_event()
                yield time.perf_counter()

    def calm(self):
        """Waits until nothing is drawn any more, so that the next frame is that of the next window."""
        while any(True for _ in self.frames(CALM)):
            pass

    def shows_letters(self):
        """Whether the upper left corner, where a window opens, has the many colours that soft-edged letters have."""
        from Xlib import X

        data = self.root.get_image(0, 0, 300, 40, X.ZPixmap, 0xFFFFFFFF).data
        return len({data[at : at + 4] for at in range(0, len(data), 4)}) > 8

    def environment(self, home):
        """For a program that shall open its window here, with a home of its own and no GPU."""
        own = {key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"}
        folders = {name: home for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
        return own | folders | {"DISPLAY": self.name, "LIBGL_ALWAYS_SOFTWARE": "1"}
