//! Counts as text.

/// `1,234`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn numbers_are_grouped() {
        let grouped = ["0", "1", "999", "1,000", "101,346", "1,234,567"];
        assert_eq!([0, 1, 999, 1000, 101_346, 1_234_567].map(thousands), grouped);
    }
}
