// Command calculator adds, subtracts, multiplies and divides two numbers: calculator 6 x 7
package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: calculator NUMBER +|-|x|/ NUMBER")
		os.Exit(2)
	}
	result, err := calculate(os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		fmt.Fprintln(os.Stderr, "calculator:", err)
		os.Exit(1)
	}
	fmt.Println(result)
}

func calculate(left, operator, right string) (float64, error) {
	a, err := strconv.ParseFloat(left, 64)
	if err != nil {
		return 0, err
	}
	b, err := strconv.ParseFloat(right, 64)
	if err != nil {
		return 0, err
	}
	switch operator {
	case "+":
		return a + b, nil
	case "-":
		return a - b, nil
	case "x":
		return a * b, nil
	case "/":
		if b == 0 {
			return 0, errors.New("division by zero")
		}
		return a / b, nil
	}
	return 0, fmt.Errorf("unknown operator %q", operator)
}
