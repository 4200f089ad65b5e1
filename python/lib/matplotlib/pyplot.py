"""`matplotlib.pyplot`: what a program draws is recorded in `figures`; drawing is the host's matter."""
import _core
import numpy as _np

figures = []


def _written(x):
    """JSON. What is no number is null."""
    if isinstance(x, bool):
        return "true" if x else "false"
    if isinstance(x, (int, float)):
        return repr(float(x)) if x - x == 0 else "null"
    if isinstance(x, (list, tuple)):
        return "[" + ",".join([_written(a) for a in x]) + "]"
    if isinstance(x, dict):
        return "{" + ",".join([f'"{k}":{_written(v)}' for k, v in x.items()]) + "}"
    if x is None:
        return "null"
    letters = ["\\" + c if c in '"\\' else c if c >= " " else " " for c in str(x)]
    return '"' + "".join(letters) + '"'


def _bars(values, options):
    bins = options.get("bins", 10)
    if not isinstance(bins, int):
        edges = _numbers(bins)
    elif not values:
        edges = [0.0, 1.0]
    else:
        low, high = min(values), max(values)
        if low == high:
            low, high = low - 0.5, high + 0.5
        edges = [low + (high - low) * i / bins for i in range(bins + 1)]
    counts = [0] * (len(edges) - 1)
    for v in values:
        for i in range(len(counts)):
            if edges[i] <= v < edges[i + 1] or (i == len(counts) - 1 and v == edges[-1]):
                counts[i] += 1
    return [(a + b) / 2 for a, b in zip(edges, edges[1:])], counts


def _mark_data(kind, numbers, form, options):
    if kind == "text":
        return None
    form = form + str(options.get("marker") or "") + {"dashed": "--", "dotted": ":", "dashdot": "-."}.get(
        options.get("linestyle", options.get("ls")), str(options.get("linestyle", options.get("ls")) or "")
    )
    if options.get("marker") and "-" not in form and options.get("linestyle", options.get("ls")) not in ("", "None", "none"):
        form += "-"
    if kind == "axhline":
        x, y = [0.0] * len(numbers[0]), numbers[0]
    elif kind == "axvline":
        x, y = numbers[0], [0.0] * len(numbers[0])
    elif kind == "hist":
        kind, (x, y) = "bar", _bars(numbers[0], options)
    elif kind == "bar":
        y, x = numbers[0], options["x"]
        if any(isinstance(a, str) for a in x):
            x = list(range(len(y)))
        x = _numbers(x)
    elif len(numbers) < 2 or kind.startswith("contour"):
        return None
    else:
        x, y = numbers[:2]
    color = options.get("color", options.get("c", ""))
    return {
        "kind": kind, "x": x, "y": y, "form": form, "color": color if isinstance(color, str) else "",
        "label": options.get("label") or "",
    }


def _axes_data(a):
    texts = a.texts
    limits = lambda name: [float(v) for v in (texts[name][0] if len(texts[name]) == 1 else texts[name])] if texts.get(name) else None
    marks = [m for m in (_mark_data(*mark) for mark in a.marks) if m]
    return {
        "title": texts.get("title", ""), "xlabel": texts.get("xlabel", ""), "ylabel": texts.get("ylabel", ""),
        "xlog": a.scales["x"] == "log", "ylog": a.scales["y"] == "log", "xlim": limits("xlim"), "ylim": limits("ylim"),
        "legend": a.legend_shown, "marks": marks,
    }


def _draw_all():
    """Hands the host the figures that it has not been given."""
    for made in figures:
        if not made.drawn and made.axes:
            made.drawn = True
            _core.write(3, _written({"axes": [_axes_data(a) for a in made.axes]}))


def _numbers(x):
    return _np.asarray(x).ravel().tolist()


class Axes:
    def __init__(self):
        self.marks, self.texts, self.scales = [], {}, {"x": "linear", "y": "linear"}
        self.legend_shown = False

    def _mark(self, kind, args, options):
        numbers = [_numbers(a) for a in args if not isinstance(a, str)]
        if kind in ("plot", "semilogx", "semilogy", "loglog") and len(numbers) == 1:
            numbers = [list(range(len(numbers[0]))), numbers[0]]
        if len(numbers) == 2 and kind in ("plot", "semilogx", "semilogy", "loglog", "scatter") and len(numbers[0]) != len(numbers[1]):
            raise ValueError(f"x and y must have same first dimension, but have shapes ({len(numbers[0])},) and ({len(numbers[1])},)")
        form = [a for a in args if isinstance(a, str)]
        self.marks.append((kind, numbers, form[0] if form else "", options))
        return [self.marks[-1]]

    def plot(self, *args, **options):
        return self._mark("plot", args, options)

    def semilogy(self, *args, **options):
        self.scales["y"] = "log"
        return self._mark("semilogy", args, options)

    def semilogx(self, *args, **options):
        self.scales["x"] = "log"
        return self._mark("semilogx", args, options)

    def loglog(self, *args, **options):
        self.scales["x"] = self.scales["y"] = "log"
        return self._mark("loglog", args, options)

    def scatter(self, x, y, s=None, c=None, **options):
        return self._mark("scatter", (x, y), options)[0]

    def contour(self, *args, **options):
        return self._mark("contour", args, options)[0]

    contourf = contour

    def hist(self, x, bins=10, **options):
        return self._mark("hist", (x,), {"bins": bins, **options})[0]

    def bar(self, x, height, **options):
        return self._mark("bar", (height,), {"x": list(x), **options})[0]

    def errorbar(self, x, y, yerr=None, **options):
        return self._mark("errorbar", (x, y), options)[0]

    def fill_between(self, x, y1, y2=0, **options):
        return self._mark("fill_between", (x, y1), options)[0]

    def axhline(self, y=0, *args, **options):
        return self._mark("axhline", (y,), options)[0]

    def axvline(self, x=0, *args, **options):
        return self._mark("axvline", (x,), options)[0]

    def text(self, x, y, s, **options):
        self.marks.append(("text", [[float(x)], [float(y)]], s, options))

    annotate = lambda self, s, xy, **options: self.text(xy[0], xy[1], s)

    def legend(self, *args, **options):
        self.legend_shown = True

    def grid(self, *args, **options):
        pass

    def set(self, **texts):
        self.texts.update(texts)

    def set_title(self, text, **options):
        self.texts["title"] = text

    def set_xlabel(self, text, **options):
        self.texts["xlabel"] = text

    def set_ylabel(self, text, **options):
        self.texts["ylabel"] = text

    def set_xscale(self, scale, **options):
        self.scales["x"] = scale

    def set_yscale(self, scale, **options):
        self.scales["y"] = scale

    def set_xlim(self, *limits, **options):
        self.texts["xlim"] = limits

    def set_ylim(self, *limits, **options):
        self.texts["ylim"] = limits

    def set_aspect(self, *args, **options):
        pass

    def tick_params(self, *args, **options):
        pass


class Figure:
    def __init__(self, number, figsize=None):
        self.number, self.figsize, self.axes = number, figsize, []
        self.drawn = False
        self.title = ""

    def add_subplot(self, *args, **options):
        self.axes.append(Axes())
        return self.axes[-1]

    def suptitle(self, text, **options):
        self.title = text

    def tight_layout(self, *args, **options):
        pass

    def colorbar(self, *args, **options):
        pass

    def savefig(self, *args, **options):
        pass

    def __repr__(self):
        return f"<Figure size 640x480 with {len(self.axes)} Axes>"


_current = []


def figure(num=None, figsize=None, **options):
    made = Figure(len(figures) + 1, figsize)
    figures.append(made)
    _current[:] = [made, None]
    return made


def gcf():
    return _current[0] if _current else figure()


def gca():
    gcf()
    if _current[1] is None:
        _current[1] = _current[0].add_subplot()
    return _current[1]


def subplots(nrows=1, ncols=1, figsize=None, **options):
    made = figure(figsize=figsize)
    axes = [[made.add_subplot() for _ in range(ncols)] for _ in range(nrows)]
    _current[1] = axes[0][0]
    if nrows == 1 and ncols == 1:
        return made, axes[0][0]
    if nrows == 1:
        return made, axes[0]
    return made, [row[0] for row in axes] if ncols == 1 else axes


def subplot(*args, **options):
    gcf()
    _current[1] = _current[0].add_subplot()
    return _current[1]


def show(*args, **options):
    _draw_all()
    _current.clear()


def close(*args):
    _current.clear()


def _forward(name, method=None):
    def f(*args, **options):
        return getattr(gca(), method or name)(*args, **options)

    f.__name__ = name
    return f


for _name in "plot semilogy semilogx loglog scatter contour contourf hist bar errorbar fill_between axhline axvline text annotate legend grid".split():
    globals()[_name] = _forward(_name)
for _name in "title xlabel ylabel xscale yscale xlim ylim".split():
    globals()[_name] = _forward(_name, f"set_{_name}")


def tight_layout(*args, **options):
    pass


savefig = colorbar = suptitle = tight_layout


class style:
    @staticmethod
    def use(name):
        pass


rcParams = {}
