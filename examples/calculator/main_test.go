package main

import "testing"

func TestCalculate(t *testing.T) {
	tests := []struct {
		left, operator, right string
		want                  float64
	}{
		{"6", "x", "7", 42},
		{"1", "/", "4", 0.25},
		{"1.5", "+", "-2", -0.5},
		{"1.5", "-", "-2", 3.5},
	}
	for _, test := range tests {
		got, err := calculate(test.left, test.operator, test.right)
		if err != nil || got != test.want {
			t.Errorf("%s %s %s is %v (%v), want %v", test.left, test.operator, test.right, got, err, test.want)
		}
	}
}

func TestCalculateRefuses(t *testing.T) {
	for _, words := range [][3]string{{"1", "/", "0"}, {"1", "%", "2"}, {"one", "+", "1"}} {
		if got, err := calculate(words[0], words[1], words[2]); err == nil {
			t.Errorf("%v is %v, want an error", words, got)
		}
	}
}
