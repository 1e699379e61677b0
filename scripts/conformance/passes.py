"""A pass of a packet in two forms: as data (contract of `cli walk`), and as text, a line a step.

Both the kernel's walks (kernel.Pass) and the engine's answers come down to these, so that they can be compared.
"""

import kernel


def answer(walked, sport):
    """A pass of the kernel in the form in which `cli walk` answers."""
    return {
        "class": kernel.class_of(walked, sport), "iif": walked.iif, "oif": walked.oif,
        "steps": [
            {
                "table": step["table"], "chain": step["chain"], "rule": step["rule"], "verdict": step["verdict"],
                "tuple": [step["packet"][part] for part in ("src", "sport", "dst", "dport")],
                "iif": step["packet"]["iif"], "oif": step["packet"]["oif"], "mark": step["mark"],
            }
            for step in walked.steps
        ],
    }


def end(address, port):
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def place(step):
    src, sport, dst, dport = step["tuple"]
    return f"@{step['table']} {end(src, sport)} {end(dst, dport)} {step['iif'] or '-'} {step['oif'] or '-'}"


def text(walk):
    """`new eth0 -`, then a line a step, and an `@` line wherever the table or the packet's addresses change."""
    lines = [f"{walk['class']} {walk['iif'] or '-'} {walk['oif'] or '-'}"]
    here = None
    for step in walk["steps"]:
        if place(step) != here:
            here = place(step)
            lines.append(here)
        if step["rule"] is None:
            lines.append(f"{step['chain']} {step['verdict']} {step['mark'] or 0:#x}")
        else:
            lines.append(f"{step['chain']} {step['rule']} {step['verdict']}")
    return "\n".join(lines)


def seen(walks):
    """The texts. Established connections go on after the handshake: their first two passes say it all."""
    texts, established = [], 0
    for walk in walks:
        established += walk["class"] == "established"
        if walk["class"] != "established" or established <= 2:
            texts.append(text(walk))
    return texts
