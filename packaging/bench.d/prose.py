"""Made-up prose. The same seed gives the same text."""

import json
import random

COMMON = """the of and to in a is that for it as with on be by this are from at or an which not can have has was one
two more time its if will may use each when there how other than these also into only most such through between
because first while second where both same must should without within under over after before about no any some""".split()

CONTENT = """limit request window rate server client answer question method result value model data step process system
problem reason point order number example case approach solution cost risk benefit patient dose doctor evidence study
water energy pressure volume density surface angle force mass speed distance law court contract duty privacy consent
market price demand supply budget loan interest policy city river climate forest species cell protein gene virus
function variable loop list index key array memory thread lock queue cache token latency error test release branch
history war empire treaty century language grammar verb noun poem novel theme author reader music rhythm colour line
design layout button user screen plan goal team project meeting schedule deadline report summary draft review table
recipe oven flour sugar butter salt minute hour day week month year kilometre litre gram degree percent ratio average
explain compare suggest consider describe estimate calculate measure assume conclude depend require allow reduce
increase prevent support provide include exclude follow begin end change remain keep move open close read write run
important possible likely careful simple complex general specific local global early late small large high low open
usually often rarely probably clearly exactly roughly however therefore moreover instead otherwise finally""".split()

# What models like to say. The forty-criterion rubric looks for these among others.
STOCK = [
    "As an AI language model, I cannot give a definite opinion on this.",
    "I'm sorry, but I can't help with that request.",
    "It is important to note that results may vary.",
    "In conclusion, the second option is the safer one.",
    "On the other hand, the first option costs less.",
    "For example, consider a queue with three workers.",
    "Let me know if you have any other questions!",
    "I hope this helps.",
    "Great question! Let's break it down step by step.",
    "According to recent studies, about 42% of cases resolve within 14 days.",
    "See https://example.org/guides/limits?page=2 for the details.",
    "To the best of my knowledge, this has not changed since 2021.",
    "There are several ways to look at this, and each has its trade-offs.",
    "Answers to questions of this kind vary with the context.",
    "The steps below assume that nothing else is running.",
    "My assumptions are stated where they matter.",
    "Please note that I do not have access to real-time data.",
    "Delve into the rich tapestry of options, and it becomes clear that it depends.",
]

CAVEATS = [
    "This text does not provide medical advice.",
    "For a decision of this weight, consult a qualified professional.",
    "There are ethical considerations on every side.",
]

UNITS = ("ms", "km", "mg", "litres", "percent", "EUR")

CODE = """```python
def limit(requests, window=60):
    counts = {}
    for key, at in requests:
        counts.setdefault(key, []).append(at)
    return {key: len(times) <= window for key, times in counts.items()}
```"""


def inside_json(text):
    """A text as it stands between the quotes of a JSON string of ASCII only."""
    return json.dumps(text)[1:-1]


def vocabulary(rng):
    """Words with weights that fall off as they do in real texts: a few common ones, a long tail of rare ones."""
    onsets = "b br c ch d dr f fl g gr h j k l m n p pl qu r s st sh t tr v w".split()
    vowels = "a e i o u ai ea ou io".split()
    codas = ["", "n", "r", "l", "st", "nd", "ck", "m", "tion", "ment", "ing", "er"]
    tail = set()
    while len(tail) < 8000:
        syllables = rng.choice((1, 2, 2, 3))
        word = "".join(rng.choice(onsets) + rng.choice(vowels) for _ in range(syllables)) + rng.choice(codas)
        tail.add(word)
    words = COMMON + CONTENT + sorted(tail)
    return words, [1 / (rank + 8) for rank in range(len(words))]


def sentences(rng, count):
    """Sentences of 4 to 30 words, some with numbers, quotations, names and units."""
    words, weights = vocabulary(rng)
    lengths = [min(30, max(4, int(rng.lognormvariate(2.5, 0.5)))) for _ in range(count)]
    stream = iter(rng.choices(words, weights, k=sum(lengths)))
    for length in lengths:
        chosen = [next(stream) for _ in range(length)]
        chance = rng.random()
        if chance < 0.15:
            chosen[length // 2] = f"{rng.randrange(1, 2000)} {rng.choice(UNITS)}"
        elif chance < 0.25:
            chosen[length // 3] = f'"{chosen[length // 3]}"'
        elif chance < 0.32:
            chosen[length // 2] = chosen[length // 2].upper()
        elif chance < 0.40:
            chosen[length // 2] = f"**{chosen[length // 2]}**"
        comma = ", " if length > 12 else " "
        text = " ".join(chosen[: length // 2]) + comma + " ".join(chosen[length // 2 :])
        yield text[0].upper() + text[1:] + rng.choice((".", ".", ".", ".", "?", ":", "!"))


def paragraphs(rng, count):
    """Paragraphs of several sentences, bulleted or numbered lists, a few with code; each ends in an empty line."""
    pool = list(sentences(rng, count * 3))
    for at in range(count):
        own = pool[at * 3 : at * 3 + rng.choice((1, 2, 3, 3))]
        if rng.random() < 0.20:
            own.append(rng.choice(STOCK))
        chance = rng.random()
        if chance < 0.12:
            text = "\n".join(f"- {sentence}" for sentence in own)
        elif chance < 0.22:
            text = "\n".join(f"{number}. {sentence}" for number, sentence in enumerate(own, 1))
        elif chance < 0.25:
            text = f"{own[0]}\n\n{CODE}"
        else:
            text = " ".join(own)
        yield text + "\n\n"


def dense_escapes(rng, text):
    """The text with quotation marks, backslashes, tabs and accents in every few words."""
    changed = []
    for word in text.split(" "):
        chance = rng.random()
        if chance < 0.2:
            word = f'"{word}"'
        elif chance < 0.4:
            word = word.replace("e", "é").replace("o", "ö")
        elif chance < 0.5:
            word = f"\\({word}\\)"
        elif chance < 0.55:
            word = f"\t{word}"
        changed.append(word)
    return " ".join(changed)


CYRILLIC = "предел запрос окно время сервер ответ вопрос метод значение модель данные шаг причина пример случай".split()
HAN = "限制 请求 窗口 时间 服务器 回答 问题 方法 结果 模型 数据 步骤 原因 例子 情况 速度 距离 城市 河流 气候".split()
KANA = "リクエスト ウィンドウ サーバー 答え 質問 方法 結果 モデル データ 手順 理由 たとえば 場合 速さ".split()
MARKS = "🙂 🚀 ✅ ⚠️ 👩‍🔬 🇫🇷 é ñ ß Ω → …".split()


def foreign(rng):
    """A paragraph in Cyrillic, Chinese or Japanese, with emoji and some Latin words between."""
    words = rng.choice((CYRILLIC, HAN, KANA))
    space = " " if words is CYRILLIC else ""
    text = []
    for _ in range(rng.randrange(2, 6)):
        chosen = rng.choices(words, k=rng.randrange(6, 24))
        if rng.random() < 0.4:
            chosen.insert(3, rng.choice(MARKS))
        if rng.random() < 0.3:
            chosen.insert(5, " " + rng.choice(CONTENT) + " ")
        text.append(space.join(chosen) + ("." if space else "。"))
    return " ".join(text) + "\n\n"


def rng_of(name):
    """A random source of its own for every purpose."""
    return random.Random(f"rubrica {name}")
