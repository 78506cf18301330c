//! Countries as other datasets name them: ISO 3166-1 codes, English short names, ACLED's regions.

/// A country of `codes/countries.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Country {
    pub alpha3: &'static str,
    pub numeric: &'static str,
    pub name: &'static str,
    pub region: &'static str,
}

const COUNTRIES: &str = include_str!("../../codes/countries.tsv");

/// The country with this alpha-2 code.
pub(super) fn country(alpha2: &str) -> Option<Country> {
    COUNTRIES.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let mut fields = line.split('\t');
        let found = fields.next()? == alpha2;
        let country = Country {
            alpha3: fields.next()?,
            numeric: fields.next()?,
            name: fields.next()?,
            region: fields.next()?,
        };
        found.then_some(country)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_five_fields_and_is_found() {
        for line in COUNTRIES.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(line.split('\t').count(), 5, "{line}");
            assert!(country(&line[..2]).is_some());
        }
        let kazakhstan = country("KZ").unwrap();
        assert_eq!((kazakhstan.alpha3, kazakhstan.numeric), ("KAZ", "398"));
        assert_eq!(kazakhstan.region, "Caucasus and Central Asia");
        assert_eq!(country("QQ"), None);
    }
}
