"""A web service that converts lengths: GET /convert?value=26.2&from=mi&to=km"""

from flask import Flask, request

METRES = {
    "mm": 0.001,
    "cm": 0.01,
    "m": 1.0,
    "km": 1000.0,
    "in": 0.0254,
    "ft": 0.3048,
    "yd": 0.9144,
    "mi": 1609.344,
}

app = Flask(__name__)


def convert(value: float, source: str, target: str) -> float:
    """Converts a length. Raises KeyError for a unit that is not in METRES."""
    return value * METRES[source] / METRES[target]


@app.get("/convert")
def answer():
    try:
        value = float(request.args["value"])
        source = request.args["from"]
        target = request.args["to"]
        return {"value": round(convert(value, source, target), 6), "unit": target}
    except (KeyError, ValueError):
        units = ", ".join(METRES)
        return {"error": f"value must be a number, and from and to one of {units}"}, 400
