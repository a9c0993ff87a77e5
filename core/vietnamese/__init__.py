"""Vietnamese text, numbers, money and dates as official documents print them."""
