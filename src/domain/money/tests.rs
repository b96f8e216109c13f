use super::*;
use proptest::prelude::*;

fn parsed(text: &str) -> Result<String, MoneyError> {
    Money::parse(text, Currency::USD).map(|money| money.to_string())
}

#[test]
fn reads_amounts_as_people_write_them() {
    for (text, money) in [
        ("878000", "878000 USD"),
        ("$878,000", "878000 USD"),
        ("10M EUR", "10000000 EUR"),
        ("1.5m", "1500000 USD"),
        ("€2k", "2000 EUR"),
        ("2k€", "2000 EUR"),
        ("USD 5", "5 USD"),
        ("usd5", "5 USD"),
        ("5 mxn", "5 MXN"),
        ("5meur", "5000000 EUR"),
        ("425 000 000 INR", "425000000 INR"),
        ("42,50,00,000 INR", "425000000 INR"),
        ("1\u{a0}000", "1000 USD"),
        ("1'000 CHF", "1000 CHF"),
        ("US$ 3 million", "3000000 USD"),
        ("2 bn", "2000000000 USD"),
        ("20 mln PLN", "20000000 PLN"),
        (".5 EUR", "0.5 EUR"),
        ("$.25", "0.25 USD"),
        ("0.0001", "0.0001 USD"),
        ("1.23456m", "1234560 USD"),
        ("0", "0 USD"),
        ("007", "7 USD"),
    ] {
        assert_eq!(parsed(text).as_deref(), Ok(money), "{text}");
    }
}

#[test]
fn refuses_what_it_cannot_keep_exactly() {
    use MoneyError::{Negative, Shape, TooFine, TooMuch};
    for (text, error) in [
        ("", Shape),
        ("much", Shape),
        ("-5", Negative),
        ("$-5", Negative),
        ("-$5", Negative),
        ("\u{2212}5 EUR", Negative),
        ("0.00001", TooFine),
        ("1.00000", TooFine),
        ("922337203685478", TooMuch),
        ("99999999999999999999999", TooMuch),
        ("1,5m", Shape),
        ("1,50", Shape),
        ("1,000 000", Shape),
        ("1.000.000", Shape),
        ("USD 5 EUR", Shape),
        ("5 dollars", Shape),
        ("5-6", Shape),
        ("5e3", Shape),
        ("5 x 6", Shape),
    ] {
        assert_eq!(parsed(text), Err(error), "{text}");
    }
    assert_eq!("5".parse::<Money>(), Err(MoneyError::Currency));
}

#[test]
fn people_read_groups_and_signs() {
    let human = |text| Money::parse(text, Currency::USD).unwrap().human();
    assert_eq!(human("878000"), "$878,000");
    assert_eq!(human("1500000 EUR"), "€1,500,000");
    assert_eq!(human("425000000 INR"), "425,000,000 INR");
    assert_eq!(human("0.5 EUR"), "€0.50");
    assert_eq!(human("999"), "$999");
}

#[test]
fn currencies_are_three_letters() {
    assert_eq!(Currency::new("eur").map(|currency| currency.to_string()), Some("EUR".into()));
    for code in ["", "EU", "EURO", "E1R", "€"] {
        assert_eq!(Currency::new(code), None, "{code}");
    }
}

fn any_money() -> impl Strategy<Value = Money> {
    ("[A-Z]{3}", 0..=i64::MAX)
        .prop_filter("a suffix", |(code, _)| code != "MLN")
        .prop_map(|(code, amount)| Money { currency: Currency::new(&code).unwrap(), amount })
}

proptest! {
    #[test]
    fn machine_form_reads_back(money in any_money()) {
        prop_assert_eq!(money.to_string().parse(), Ok(money));
        prop_assert_eq!(Money::parse(&money.human(), Currency::USD), Ok(money));
        prop_assert_eq!(serde_json::from_str::<Money>(&serde_json::to_string(&money).unwrap()).unwrap(), money);
    }

    #[test]
    fn key_order_is_money_order(a in any_money(), b in any_money()) {
        prop_assert_eq!(a.key().cmp(&b.key()), a.cmp(&b));
        prop_assert_eq!(Money::from_key(a.key()), Some(a));
    }

    #[test]
    fn any_text_is_answered(text in "\\PC*") {
        let _ = Money::parse(&text, Currency::USD);
    }
}
