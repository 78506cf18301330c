//! When an action was, as the words around it say.

mod common;

use doleance_records::Event;

use common::coded;

fn events(language: &str, text: &str) -> Vec<Event> {
    coded(language, text).events
}

/// The first day of the event of a kind.
fn day(events: &[Event], kind: &str) -> Option<String> {
    let event = events.iter().find(|e| e.kind == kind).unwrap_or_else(|| panic!("no {kind} in {events:?}"));
    event.time.as_ref().and_then(|t| t.start).map(|day| day.to_string())
}

#[test]
fn days_between_two_actions_date_the_other() {
    for (language, text, kinds) in [
        (
            "en",
            "Thousands marched in Lima on Friday, a day after a general strike.",
            ["march", "general_strike"],
        ),
        (
            "fr",
            "Des milliers de personnes ont défilé vendredi à Bogota, au lendemain d'une grève générale.",
            ["march", "general_strike"],
        ),
    ] {
        let found = events(language, text);
        assert_eq!(day(&found, kinds[0]).as_deref(), Some("2019-11-29"), "{text}");
        assert_eq!(day(&found, kinds[1]).as_deref(), Some("2019-11-28"), "{text}");
    }
    let text = "The minister resigned on Monday, two days after police killed three protesters in Lima.";
    assert_eq!(day(&events("en", text), "killing").as_deref(), Some("2019-11-30"));
    let text = "Au lendemain de la manifestation, les syndicats ont été reçus lundi à Matignon.";
    assert_eq!(day(&events("fr", text), "rally").as_deref(), Some("2019-12-01"));
}

#[test]
fn all_that_is_told_in_one_clause_is_as_many_days_apart() {
    let text = "Thousands marched in Lima on Monday, two days after police killed two students and arrested ten others.";
    let found = events("en", text);
    for (kind, expected) in [("march", "2019-12-02"), ("killing", "2019-11-30"), ("arrest", "2019-11-30")] {
        assert_eq!(day(&found, kind).as_deref(), Some(expected), "{kind}");
    }
    let text = "The factory was quiet on Thursday, a day after a quarrel snowballed into a riot in Lima.";
    assert_eq!(day(&events("en", text), "riot").as_deref(), Some("2019-11-27"));
}

#[test]
fn what_is_set_for_a_day_to_come_is_planned_then() {
    for (language, text, kind) in [
        ("en", "Governors have set a one-day strike in Lima for Wednesday.", "strike"),
        ("fr", "Le syndicat a décrété une grève à Lima à partir de mercredi prochain.", "strike"),
    ] {
        let found = events(language, text);
        let event = found.iter().find(|e| e.kind == kind).unwrap_or_else(|| panic!("{found:?}"));
        assert_ne!(event.status, doleance_records::Status::Happened, "{text}");
        assert_eq!(day(&found, kind).as_deref(), Some("2019-12-04"), "{text}");
    }
}

#[test]
fn a_french_day_behind_an_announced_action_is_its_day() {
    let text = "Les dockers ont annoncé une grève dans les ports vendredi.";
    assert_eq!(day(&events("fr", text), "strike").as_deref(), Some("2019-12-06"));
    let text = "Les dockers ont annoncé vendredi une grève dans les ports.";
    assert_eq!(day(&events("fr", text), "strike").as_deref(), Some("2019-11-29"));
    let text = "Dockers announced a strike Friday.";
    assert_eq!(day(&events("en", text), "strike").as_deref(), Some("2019-11-29"));
}

#[test]
fn what_has_gone_on_since_a_day_does_not_date_other_actions() {
    let text = "Depuis lundi, des lycéens défilent à Lima. La police a arrêté douze personnes. Des mineurs ont débrayé à \
                Cuzco.";
    let found = events("fr", text);
    assert_eq!(day(&found, "march").as_deref(), Some("2019-12-02"), "{found:?}");
    assert_eq!(day(&found, "arrest").as_deref(), Some("2019-12-03"), "{found:?}");
}

#[test]
fn what_was_in_another_month_is_not_told_twice() {
    let text = "Thousands clashed with police in Lima on Monday. Clashes in May left nine people dead.";
    let found = events("en", text);
    assert_eq!(found.iter().filter(|e| e.kind == "clash").count(), 2, "{found:?}");
}

#[test]
fn an_action_with_a_day_of_its_own_keeps_it() {
    let text = "Thousands marched in Lima on Friday, two days after the general strike of 20 November.";
    assert_eq!(day(&events("en", text), "general_strike").as_deref(), Some("2019-11-20"));
}

#[test]
fn a_day_in_the_description_of_a_thing_dates_nothing_else() {
    let text = "Les étudiants, qui réclament l'application de l'accord signé en 2016, ont appelé à la grève.";
    assert_ne!(day(&events("fr", text), "call").as_deref(), Some("2016-01-01"));
}

#[test]
fn the_dead_of_a_shooting_are_told_with_it() {
    let found =
        events("en", "Two people were killed when police opened fire on protesters in Lima on Friday.");
    let kinds: Vec<_> = found.iter().map(|e| e.kind.as_str()).collect();
    assert!(!kinds.contains(&"killing"), "{kinds:?}");
    let shooting = found.iter().find(|e| e.kind == "shooting").unwrap();
    assert_eq!(shooting.killed.first().and_then(|f| f.low), Some(2));
    // What came before is an event of its own.
    let found =
        events("fr", "Des émeutes ont éclaté à Lyon après la mort d'un manifestant tué par la police.");
    let kinds: Vec<_> = found.iter().map(|e| e.kind.as_str()).collect();
    assert!(kinds.contains(&"riot") && kinds.contains(&"killing"), "{kinds:?}");
}

#[test]
fn a_day_that_heads_a_part_dates_what_follows() {
    let text = "Week in review\n\nMonday.\nGround staff downed tools in Paris. Police arrested 14 strikers.\n\n\
                Wednesday\nPilots walked out in Lyon. Police used tear gas on pickets.\n";
    let found = events("en", text);
    assert_eq!(day(&found, "arrest").as_deref(), Some("2019-12-02"));
    assert_eq!(day(&found, "dispersal").as_deref(), Some("2019-11-27"));
}

#[test]
fn a_report_on_a_site_tells_of_its_town() {
    let text = "A search was begun at Galle Prison on Friday. Inmates opened fire from the roof. Order was restored at dawn.";
    let found = events("en", text);
    let place = found.iter().find(|e| e.kind == "shooting").and_then(|e| e.place.clone()).unwrap();
    let (lat, lon) = (place.lat.unwrap(), place.lon.unwrap());
    assert!((lat - 6.05).abs() < 0.2 && (lon - 80.2).abs() < 0.2, "{place:?}");
}

#[test]
fn a_street_named_after_another_town_is_in_the_town_told_of() {
    let text = "In Kano, drivers stayed at home. Youths burned tyres on Zaria Road.";
    let found = events("en", text);
    let place = found.iter().find(|e| e.kind == "blockade").and_then(|e| e.place.clone()).unwrap();
    assert_eq!(place.name, "Zaria Road");
    assert!((place.lat.unwrap() - 12.0).abs() < 0.2, "{place:?}");
}

#[test]
fn what_was_set_on_fire_on_a_weekday_lies_behind() {
    let found = events("en", "A police jeep was set on fire on Monday in Leeds.");
    assert_eq!(day(&found, "arson").as_deref(), Some("2019-12-02"));
    let found = events("en", "The union called a national strike for Thursday.");
    assert_eq!(day(&found, "strike").as_deref(), Some("2019-12-05"));
}

#[test]
fn an_unknown_quarter_lies_in_the_town_that_the_report_is_about() {
    let text = "Dockers marched in Hull on Monday. In Hull the police kept back. On Tuesday residents blocked a road in Oldfleetside.";
    let found = events("en", text);
    let place = found.iter().find(|e| e.kind == "blockade").and_then(|e| e.place.clone()).unwrap();
    assert_eq!(place.name, "Oldfleetside");
    assert!((place.lat.unwrap() - 53.74).abs() < 0.1, "the coordinates of Hull: {place:?}");
    let text = "Des milliers de personnes ont défilé lundi à Rennes. À Rennes, la police est restée discrète. Mardi, des jeunes ont pillé un magasin dans le quartier de Sidi Barzane.";
    let found = events("fr", text);
    let place = found.iter().find(|e| e.kind == "looting").and_then(|e| e.place.clone()).unwrap();
    assert_eq!(place.name, "Sidi Barzane");
    assert!((place.lat.unwrap() - 48.11).abs() < 0.1, "the coordinates of Rennes: {place:?}");
}

#[test]
fn what_only_goes_on_since_a_year_dates_nothing_else() {
    let text = "Des salariés ont manifesté lundi à Minsk contre le chef de l'État, au pouvoir depuis 1994.";
    assert_eq!(day(&events("fr", text), "rally").as_deref(), Some("2019-12-02"));
    let text = "Mardi, des étudiants ont défilé à Chiang Mai.";
    assert_eq!(day(&events("fr", text), "march").as_deref(), Some("2019-12-03"));
}

#[test]
fn a_date_written_out_says_which_day_a_count_led_to() {
    let text = "On 5 November pupils marched in Leeds. A fortnight later, on 20 November, rioters burned down a shop.";
    assert_eq!(day(&events("en", text), "arson").as_deref(), Some("2019-11-20"));
}

#[test]
fn a_month_within_the_name_of_a_place_is_no_time() {
    let packs = doleance_coding::LanguagePacks::embedded();
    let times = |text: &str| {
        let mut report = doleance_text::Report::new("report", text);
        report.published = Some("2019-12-03".parse().unwrap());
        let pack = packs.get(&doleance_text::LanguageCode("fr".to_owned())).unwrap().unwrap();
        let shared = packs.shared().unwrap();
        let found =
            doleance_coding::annotate(pack, shared, &report, &doleance_coding::CodingOptions::default());
        found.times.mentions.iter().map(|m| m.value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(times("Des étudiants ont défilé à Chiang Mai mardi."), ["2019-12-03"]);
    assert_eq!(times("Ils ont défilé place du 8-Mai-1945 mardi."), ["2019-12-03"]);
    assert_eq!(times("Ils ont défilé en mai."), ["2019-05"]);
}

/// Published on Tuesday, 3 December 2019.
#[test]
fn the_story_goes_on_from_the_day_that_it_last_told() {
    for (text, kind, expected) in [
        (
            "The marches began in Lima on November 8. By Friday they had reached Cusco. That night, party offices were torched in Cusco.",
            "arson",
            "2019-11-29",
        ),
        (
            "Tents have stood in Lima since September 28. That day, police fired tear gas at students.",
            "dispersal",
            "2019-09-28",
        ),
        (
            "Some 5,000 people marched to the parliament in Lima on Sunday evening. In Cusco, pupils rallied outside the court the same night.",
            "rally",
            "2019-12-01",
        ),
        ("On 3 May 1995 the port shut. That June, dockers went on strike in Lima.", "strike", "1995-06-01"),
        ("The mayor of Lima spoke on Monday after a weekend of clashes.", "clash", "2019-11-30"),
    ] {
        assert_eq!(day(&events("en", text), kind).as_deref(), Some(expected), "{text}");
    }
    let text = "Ils campent devant la mairie de Lima depuis le 28 octobre. Ce jour-là, la police a tiré des gaz lacrymogènes.";
    assert_eq!(day(&events("fr", text), "dispersal").as_deref(), Some("2019-10-28"));
    // "la veille" is the eve of the day told, not of what goes on since another.
    let text = "Des manifestants ont incendié vendredi soir le consulat à Lima, où ils campent depuis mardi. Ils avaient pillé la veille un supermarché.";
    assert_eq!(day(&events("fr", text), "looting").as_deref(), Some("2019-11-28"));
}

#[test]
fn years_in_parentheses_date_what_stands_before_them() {
    let text = "Des habitants de Lima ont tapé sur des casseroles, une forme de protestation héritée de la dictature (1973-1990).";
    assert_eq!(day(&events("fr", text), "rally").as_deref(), Some("2019-12-03"));
}

#[test]
fn a_day_at_the_head_of_a_sentence_without_action_dates_what_follows() {
    for (language, text, kind, expected) in [
        (
            "en",
            "Refuse lay in the streets of Leeds on Tuesday. On Sunday afternoon some sixty people emptied bins along Church \
             Street. Police used pepper spray to break up the group.",
            "dispersal",
            "2019-12-01",
        ),
        (
            "fr",
            "Le ministre a parlé mardi. Samedi, une foule avait envahi les rues de Lyon en chantant. La police a tiré des \
             gaz lacrymogènes.",
            "dispersal",
            "2019-11-30",
        ),
    ] {
        assert_eq!(day(&events(language, text), kind).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn the_day_of_a_comparison_is_not_that_of_the_action() {
    let text = "Les lycéens ont de nouveau défilé lundi, en rangs moins fournis que samedi.";
    assert_eq!(day(&events("fr", text), "march").as_deref(), Some("2019-12-02"));
    let text = "The rally on Monday drew fewer people than on Saturday.";
    assert_eq!(day(&events("en", text), "rally").as_deref(), Some("2019-12-02"));
}

#[test]
fn a_day_to_come_is_not_that_of_what_is_told_as_done() {
    let text = "Drivers in Leeds have called off next week's strike after voting to accept a pay rise.";
    let found = events("en", text);
    let deal = found.iter().find(|e| e.kind == "agreement").unwrap_or_else(|| panic!("{found:?}"));
    assert_eq!(deal.status, doleance_records::Status::Happened);
}

#[test]
fn a_dateline_is_no_part_of_the_first_sentence() {
    let coded =
        coded("en", "LEEDS: Two days after the strike, the union said on Monday that talks had failed.");
    let strike =
        coded.events.iter().find(|e| e.kind == "strike").unwrap_or_else(|| panic!("{:?}", coded.events));
    assert_eq!(
        strike.time.as_ref().and_then(|t| t.start).map(|d| d.to_string()).as_deref(),
        Some("2019-11-30")
    );
    assert_ne!(strike.reported_by.as_deref(), Some("LEEDS"));
}

#[test]
fn a_year_that_holds_one_day_told_before_means_that_day() {
    let text = "Dockers in Leeds remember the vote of March 4, 2018. Last year police clashed with dockers.";
    assert_eq!(day(&events("en", text), "clash").as_deref(), Some("2018-03-04"));
    let text = "Dockers in Leeds remember the votes of March 4, 2018, and May 2, 2018. Last year police clashed with dockers.";
    assert_eq!(day(&events("en", text), "clash").as_deref(), Some("2018-01-01"));
}

#[test]
fn a_story_that_has_moved_on_does_not_go_back_to_its_first_day() {
    let text = "Le mardi 12 novembre, des milliers de personnes ont défilé à Lyon. Le jeudi 14 novembre, des manifestants ont \
                forcé les cordons de la police. À Lille, la mairie a été pillée.";
    assert_eq!(day(&events("fr", text), "looting").as_deref(), Some("2019-11-14"));
}

#[test]
fn the_day_of_a_number_set_against_another_is_not_that_of_the_action() {
    let text = "Quelque 58.000 personnes ont défilé à Lyon lundi, contre 160.000 jeudi.";
    assert_eq!(day(&events("fr", text), "march").as_deref(), Some("2019-12-02"));
}

#[test]
fn a_day_at_the_head_of_a_paragraph_dates_the_rest_of_it() {
    let text = "Students marched in Leeds on Monday.\n\nThe protests began in November. On November 18, officers in Bradford \
                beat students. About 50 people were arrested, a lawyer said.";
    assert_eq!(day(&events("en", text), "arrest").as_deref(), Some("2019-11-18"));
    let text = "Students marched in Leeds on Monday.\n\nOn November 18, officers in Bradford beat students.\n\nAbout 50 people \
                were arrested, a lawyer said.";
    assert_eq!(day(&events("en", text), "arrest").as_deref(), Some("2019-12-02"));
}

#[test]
fn the_day_after_what_is_called_for_is_to_come() {
    let found = events("en", "They have called for another march on Thursday.");
    assert_eq!(day(&found, "march").as_deref(), Some("2019-12-05"));
    assert_ne!(day(&found, "call").as_deref(), Some("2019-11-28"));
    let found = events("en", "Thousands marched on Thursday.");
    assert_eq!(day(&found, "march").as_deref(), Some("2019-11-28"));
}

#[test]
fn the_first_since_a_year_is_of_today() {
    for (language, text) in [
        ("en", "It is the first teachers' strike in the city since 2012."),
        ("fr", "C'est la première grève dans la ville depuis 2012."),
    ] {
        assert_ne!(day(&events(language, text), "strike").as_deref(), Some("2012-01-01"), "{text}");
    }
    let found = events("en", "Teachers have been on strike since May 2018.");
    assert_eq!(day(&found, "strike").as_deref(), Some("2018-05-01"));
}

#[test]
fn the_story_goes_on_from_the_day_that_a_stretch_begins_with() {
    let text = "Le 8 octobre, le ministre avait quitté l'île. À partir du 16 octobre, des barrages ont été dressés au \
                Gosier. Les gendarmes ont interpellé une cinquantaine de personnes.";
    assert_eq!(day(&events("fr", text), "arrest").as_deref(), Some("2019-10-16"));
}

#[test]
fn the_day_of_what_is_banned_is_not_that_of_the_ban() {
    let text = "Le maire interdit la marche prévue samedi à Nantes.";
    assert_eq!(day(&events("fr", text), "ban").as_deref(), Some("2019-12-03"));
}

#[test]
fn a_day_at_the_head_of_a_paragraph_dates_what_its_hours_date() {
    let text = "Weavers have gone back to work, the union said on Sunday.\n\nThe worst day was October 29. Crowds attacked \
                streetcars before dawn, and a woman was shot dead in the evening. The authorities banned all meetings.";
    assert_eq!(day(&events("en", text), "ban").as_deref(), Some("2019-10-29"));
}

#[test]
fn what_stands_behind_a_semicolon_dates_its_own_action() {
    let text = "En 2014, le directeur avait été retenu une nuit dans son bureau ; sept salariés avaient été condamnés à du \
                sursis en 2015.";
    let found = events("fr", text);
    assert_eq!(day(&found, "sentence").as_deref(), Some("2015-01-01"));
    assert_eq!(day(&found, "attack").as_deref(), Some("2014-01-01"));
}
