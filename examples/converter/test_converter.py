import unittest

from converter import app


class ConverterTest(unittest.TestCase):
    def get(self, query: str):
        return app.test_client().get(f"/convert?{query}")

    def test_converts_between_systems(self):
        answer = self.get("value=26.2&from=mi&to=km")
        self.assertEqual(answer.json, {"value": 42.164813, "unit": "km"})

    def test_refuses_what_it_does_not_know(self):
        for query in ["value=1&from=mi&to=parsec", "value=one&from=mi&to=km", "from=mi&to=km"]:
            with self.subTest(query):
                self.assertEqual(self.get(query).status_code, 400)


if __name__ == "__main__":
    unittest.main()
