"""The networks that the engines run, by name, and where their files are."""
import dataclasses
import pathlib

WIDTHS = (512, 2048)
ROWS = 64
CLASSES = 4


@dataclasses.dataclass(frozen=True)
class Variant:
    """One network: where it normalises (`foldable`, `authors`, or `squeezeseg`), and its scale."""

    order: str
    scale: float = 1.0

    @property
    def name(self):
        """What it is called on the command line and in file names."""
        if self.order == "squeezeseg":
            return self.order
        return f"{self.order}-{self.scale:g}"

    @property
    def channels(self):
        """Channels of the input."""
        return 5 if self.order == "squeezeseg" else 6

    @property
    def has_mask(self):
        """Whether the mask is an input of its own."""
        return self.order == "squeezeseg"

    def folder(self, peers):
        """Where its files are."""
        return pathlib.Path(peers).resolve() / "models" / self.name

    def options(self, width, threads):
        """What `lidarseg bench inference` is given to run it."""
        network = ["--network", "squeezeseg"] if self.has_mask else ["--order", self.order]
        return network + ["--scale", f"{self.scale:g}", "--width", str(width),
                          "--threads", str(threads)]


ALL = [Variant(order, scale) for order in ("foldable", "authors") for scale in (1.0, 0.5, 0.25)]
ALL.append(Variant("squeezeseg"))
BY_NAME = {variant.name: variant for variant in ALL}
