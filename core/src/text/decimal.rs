//! Decimal numbers without floating point: reading those exactly takes tables of many kilobytes.

/// A number such as `12`, `0.5` or `1.2e+07` in units of which `10^places` make one; what is less than a unit is cut
/// off, and what is too large is the largest there is. None where the text is not a number or is negative.
pub(crate) fn decimal(text: &str, places: i32) -> Option<u64> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    if mantissa.len() == usize::from(mantissa.contains('.')) || !digits().all(|digit| digit.is_ascii_digit())
    {
        return None;
    }
    let exponent: i32 = exponent.parse().ok()?;
    let kept = exponent.saturating_add(places).saturating_add(i32::try_from(whole.len()).ok()?);
    let kept = usize::try_from(kept).unwrap_or(0);
    if digits().all(|digit| digit == b'0') {
        return Some(0);
    }
    let mut value: u64 = 0;
    for digit in digits().chain(std::iter::repeat(b'0')).take(kept) {
        value = match value.checked_mul(10).and_then(|value| value.checked_add(u64::from(digit - b'0'))) {
            Some(value) => value,
            None => return Some(u64::MAX),
        };
    }
    Some(value)
}

/// As [`decimal`], and the number may be negative.
pub(crate) fn signed_decimal(text: &str, places: i32) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    Some(sign * i64::try_from(decimal(digits, places)?).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_cut_off() {
        for (text, places, expected) in [
            ("12", 0, Some(12)),
            ("12", 3, Some(12_000)),
            ("0.5", 0, Some(0)),
            ("0.5", 3, Some(500)),
            (".25", 3, Some(250)),
            ("7.", 0, Some(7)),
            ("1.2e+07", 0, Some(12_000_000)),
            ("12E-1", 0, Some(1)),
            ("12e-9", 0, Some(0)),
            ("0e999999999", 3, Some(0)),
            ("1e999999999", 3, Some(u64::MAX)),
            ("18446744073709551616", 0, Some(u64::MAX)),
            ("", 0, None),
            (".", 0, None),
            ("1.2.3", 0, None),
            ("-1", 0, None),
            ("many", 0, None),
            ("1e", 0, None),
        ] {
            assert_eq!(decimal(text, places), expected, "{text}");
        }
    }
}
