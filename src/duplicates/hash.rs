//! Fixed hashes of bytes and numbers: fast, spread well, the same on every machine. Not for secrets.

/// Odd constants without structure: binary digits of π.
pub(super) const PI: [u64; 4] =
    [0x243f_6a88_85a3_08d3, 0x082e_fa98_ec4e_6c89, 0x4528_21e6_38d0_1377, 0x3f84_d5b5_b547_0917];

/// The two halves of the 128-bit product, folded into one: every bit of both factors reaches every bit of the result.
#[inline]
pub(super) fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// A digest of `bytes`. Texts with the same digest are the same but for chance: compare them.
pub(super) fn digest(bytes: &[u8]) -> u64 {
    let (blocks, rest) = bytes.as_chunks::<16>();
    let mut last = [0; 16];
    last[..rest.len()].copy_from_slice(rest);
    let step = |hash: u64, block: &[u8; 16]| {
        let block = u128::from_le_bytes(*block);
        fold(block as u64 ^ PI[0], (block >> 64) as u64 ^ hash)
    };
    let hash = blocks.iter().fold(PI[1], step);
    // The length tells what ends in zeros from what is filled up with them.
    fold(step(hash, &last) ^ PI[2], PI[3] ^ bytes.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn digests_tell_apart_what_differs_in_a_bit_a_place_or_the_length() {
        let mut bytes = vec![0u8; 40];
        let mut seen = HashSet::from([digest(&bytes)]);
        for bit in 0..bytes.len() * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(seen.insert(digest(&bytes)), "bit {bit}");
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
        for len in 0..bytes.len() {
            assert!(seen.insert(digest(&bytes[..len])), "length {len}");
        }
    }
}
