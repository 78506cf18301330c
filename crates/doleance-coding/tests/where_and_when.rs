//! Where and when an action was, as the words around it say.

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

/// The places of the events of a kind, in their order.
fn places(events: &[Event], kind: &str) -> Vec<String> {
    let of_kind = events.iter().filter(|e| e.kind == kind);
    of_kind.map(|e| e.place.as_ref().map_or(String::new(), |p| p.name.clone())).collect()
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
fn a_site_leaves_the_story_in_its_town() {
    let text = "Police raided the prison in Galle on Monday and beat inmates at Galle Prison. Guards went on strike.";
    assert_eq!(places(&events("en", text), "strike"), ["Galle"]);
}

#[test]
fn a_national_strike_is_not_what_goes_on_in_a_town() {
    let text = "A nationwide strike hit transport in India on Monday. Buses went on strike in Kolkata.";
    assert_eq!(places(&events("en", text), "strike").len(), 2);
    let text = "Thousands of farmers from Punjab and Haryana clashed with police in Delhi.";
    assert_eq!(places(&events("en", text), "clash"), ["Delhi"]);
}

#[test]
fn what_has_spread_to_a_town_is_one_event_there() {
    let text = "Le 24 mai, la grève gagnait Lyon, puis Grenoble.";
    let found = events("fr", text);
    assert_eq!(places(&found, "strike"), ["Lyon", "Grenoble"], "{found:?}");
}

#[test]
fn what_was_in_another_month_is_not_told_twice() {
    let text = "Thousands clashed with police in Lima on Monday. Clashes in May left nine people dead.";
    let found = events("en", text);
    assert_eq!(found.iter().filter(|e| e.kind == "clash").count(), 2, "{found:?}");
}

#[test]
fn a_place_that_says_where_another_is_gets_no_event_of_its_own() {
    for (language, text, kind, expected) in [
        ("fr", "À Bignona, en Casamance, des lycéens ont défilé jeudi.", "march", "Bignona"),
        (
            "fr",
            "Des milliers de personnes ont défilé samedi à Cali, troisième ville de Colombie.",
            "march",
            "Cali",
        ),
        ("en", "Thousands marched on Saturday in Maiduguri, the Borno State capital.", "march", "Maiduguri"),
    ] {
        assert_eq!(places(&events(language, text), kind), [expected], "{text}");
    }
    let text = "Thousands marched on Saturday in Leeds, York and Hull.";
    assert_eq!(places(&events("en", text), "march"), ["Leeds", "York", "Kingston upon Hull"]);
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
fn a_list_goes_on_over_the_nouns_that_say_what_its_names_are() {
    let text = "The state of emergency was extended to the northern cities of Antofagasta and Coquimbo and the \
                southern cities of Valdivia and Rancagua.";
    let found = places(&events("en", text), "state_of_emergency");
    assert_eq!(found, ["Antofagasta", "Coquimbo", "Valdivia", "Rancagua"]);
}

#[test]
fn what_lies_beside_a_place_is_not_where_it_was() {
    let text = "A Saint-Priest, près de Lyon, des lycéens ont bloqué la rocade mardi.";
    assert_eq!(places(&events("fr", text), "blockade"), ["Saint-Priest"]);
    let text = "Des lycéens ont bloqué la rocade mardi près de Lyon.";
    assert_eq!(places(&events("fr", text), "blockade"), ["Lyon"]);
}

#[test]
fn a_prosecutor_s_town_is_not_where_the_arrests_were() {
    let text = "Des heurts ont éclaté mardi à Aubervilliers. Sept lycéens ont été interpellés, selon le parquet de Bobigny.";
    assert_eq!(places(&events("fr", text), "arrest"), ["Aubervilliers"]);
}

#[test]
fn a_site_before_its_people_leaves_the_town_to_stand_for_itself() {
    let text = "Rochdale prison officers walked out on Monday.";
    assert_eq!(places(&events("en", text), "strike"), ["Rochdale"]);
    let text = "Inmates set fire to mattresses in Rochdale prison on Monday.";
    assert_eq!(places(&events("en", text), "arson"), ["Rochdale prison"]);
}

#[test]
fn numbers_with_places_are_crowds_of_their_own() {
    let text = "Protesters marched across Australia on Sunday, with 100,000 in Melbourne, 80,000 in Sydney and some 10,000 in Hobart.";
    let found = events("en", text);
    assert_eq!(places(&found, "march"), ["Australia", "Melbourne", "Sydney", "Hobart"]);
    let sizes: Vec<_> = found.iter().map(|e| e.size.first().and_then(|f| f.low)).collect();
    assert_eq!(sizes, [None, Some(100_000), Some(80_000), Some(10_000)]);
}

#[test]
fn numbers_of_people_arrested_are_no_crowds() {
    let text = "At rallies in Russia on Sunday 55 people were arrested, 21 in Omsk and 13 in Kazan.";
    let found = events("en", text);
    assert_eq!(places(&found, "rally").len(), 1, "{found:?}");
    let arrested: Vec<_> = found.iter().flat_map(|e| &e.arrested).filter_map(|f| f.low).collect();
    assert!(arrested.contains(&21) && arrested.contains(&13), "{arrested:?}");
}

#[test]
fn where_people_come_from_is_no_scene() {
    for (language, text, kind, place) in [
        ("en", "In Hull, a worker from Leeds was arrested on Monday.", "arrest", "Kingston upon Hull"),
        ("fr", "À Metz, un étudiant originaire de Lyon a été arrêté lundi.", "arrest", "Metz"),
    ] {
        assert_eq!(places(&events(language, text), kind), [place], "{text}");
    }
}

#[test]
fn a_later_mention_that_names_the_town_places_the_event() {
    let text = "An activist was shot dead on Friday in Honduras. Gunmen shot the activist dead in La Esperanza on Friday.";
    assert_eq!(places(&events("en", text), "shooting"), ["La Esperanza"]);
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
fn a_town_may_be_told_again_by_a_noun_with_adjectives() {
    for (language, text, town) in [
        (
            "en",
            "Protesters gathered in Oran on Friday. Clashes broke out in the restive northern city on Sunday.",
            "Oran",
        ),
        (
            "fr",
            "Des manifestants se sont rassemblés vendredi à Oran. Des heurts ont éclaté dimanche dans cette grande ville du nord de l'Algérie.",
            "Oran",
        ),
    ] {
        assert_eq!(places(&events(language, text), "clash"), [town], "{text}");
    }
}

#[test]
fn a_seat_of_government_that_acts_stands_for_its_country() {
    let found = events("fr", "Matignon a promis une hausse des salaires.");
    assert_eq!(places(&found, "concession"), ["France"]);
    let found = events("fr", "Des salariés ont manifesté devant Matignon.");
    assert_eq!(places(&found, "rally"), ["Paris"]);
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
fn a_national_action_is_all_over_the_country() {
    for (language, text, kind, country) in [
        (
            "fr",
            "À Lyon, les salariés ont défilé jeudi. Ils préparent une grève nationale.",
            "strike",
            "France",
        ),
        (
            "en",
            "Dockers marched in Hull on Thursday. They are preparing a national strike.",
            "strike",
            "United Kingdom",
        ),
    ] {
        assert_eq!(places(&events(language, text), kind), [country], "{text}");
    }
}

#[test]
fn what_went_on_in_several_towns_as_well_leaves_the_story_where_it_is() {
    let listed = "Students marched in Tbilisi on Monday. Similar rallies took place in Kutaisi and Batumi. Police \
                  arrested seven students.";
    assert_eq!(places(&events("en", listed), "arrest"), ["Tbilisi"]);
    // One other town takes the story along.
    let moved = "Students marched in Tbilisi on Monday. A rally took place in Batumi on Tuesday. Police arrested \
                 seven students.";
    assert_eq!(places(&events("en", moved), "arrest"), ["Batumi"]);
}

#[test]
fn what_is_only_announced_leaves_the_story_where_it_is() {
    let text = "SILIGURI, Dec 2: Workers of a closed tea estate squatted on a highway near Nagrakata on Monday. The \
                blockade was lifted after a meeting was promised. The union has threatened to gherao the labour \
                commissioner's office in Kolkata. Last week, workers of the next estate had ransacked the \
                manager's bungalow.";
    assert_eq!(places(&events("en", text), "riot"), ["Siliguri"]);
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
fn the_city_is_the_one_that_the_report_is_about() {
    let text = "Refuse workers in Pietermaritzburg downed tools on Monday. The council obtained an order in the Labour Court in Durban. On Saturday the workers marched through the city.";
    assert_eq!(places(&events("en", text), "march"), ["Pietermaritzburg"]);
}

#[test]
fn whence_somebody_comes_is_no_scene() {
    let text =
        "Des habitants se sont rassemblés lundi à Lille. Des gendarmes venus de Metz ont chargé la foule.";
    assert_eq!(places(&events("fr", text), "dispersal"), ["Lille"]);
    let text =
        "Residents of Leeds marched on Monday in Leeds. Officers flown in from Hull charged the crowd.";
    assert_eq!(places(&events("en", text), "dispersal"), ["Leeds"]);
}

#[test]
fn a_longer_name_is_not_the_village_of_its_first_word() {
    let text = "Police fired on a crowd near the town of Villa Tunari on Friday.";
    assert_eq!(places(&events("en", text), "shooting"), ["Villa Tunari"]);
    let text = "Rivals clashed on Hill Cart Road in Siliguri on Sunday.";
    assert_eq!(places(&events("en", text), "clash"), ["Hill Cart Road"]);
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
fn a_list_of_places_goes_on_after_what_describes_one_of_them() {
    let text = "Des rassemblements se sont tenus lundi soir à Nantes, où 1.000 personnes ont répondu présent, à Rennes et à Paris.";
    assert_eq!(places(&events("fr", text), "rally"), ["Nantes", "Rennes", "Paris"]);
    let text =
        "Similar protests were held at the University of Umlalazi and at Brackendown University in Mthatha.";
    assert_eq!(
        places(&events("en", text), "rally"),
        ["the University of Umlalazi", "Brackendown University"]
    );
    // What happened in the clause between has days of its own.
    let text =
        "Les syndicats ont manifesté vendredi à Lima, où une grève débutera samedi, dimanche et lundi.";
    let rally = events("fr", text).into_iter().filter(|e| e.kind == "rally").count();
    assert_eq!(rally, 1, "{text}");
}

#[test]
fn years_in_parentheses_date_what_stands_before_them() {
    let text = "Des habitants de Lima ont tapé sur des casseroles, une forme de protestation héritée de la dictature (1973-1990).";
    assert_eq!(day(&events("fr", text), "rally").as_deref(), Some("2019-12-03"));
}

#[test]
fn a_pronoun_of_place_takes_up_the_place_before_it() {
    let text =
        "À Caen, des heurts ont éclaté lundi. Le calme régnait à Rouen. Une voiture y a été incendiée.";
    assert_eq!(places(&events("fr", text), "arson"), ["Rouen"]);
    let text = "À Caen, des heurts ont éclaté lundi. Il y a eu trois arrestations.";
    assert_eq!(places(&events("fr", text), "arrest"), ["Caen"]);
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
fn a_town_that_heads_a_part_of_a_bulletin_is_where_that_part_happened() {
    let text = "Bulletin de la semaine.\n\nLyon. Lundi, les mineurs ont cessé le travail.\n\nLille. Mardi, des étudiants ont \
                occupé la mairie.";
    let found = events("fr", text);
    assert_eq!(places(&found, "strike"), ["Lyon"]);
    assert_eq!(places(&found, "occupation"), ["Lille"]);
}

#[test]
fn that_city_is_the_one_named_last() {
    let text = "Dockers in Leeds marched on Monday, and again in Leeds on Tuesday. Trains from Bradford were late. In that \
                city, drivers went on strike.";
    assert_eq!(places(&events("en", text), "strike"), ["Bradford"]);
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
fn where_someone_died_is_not_where_people_have_marched_since() {
    let text = "Crowds marched in Leeds on Monday. Protests have gone on every night since the death of a man in Bradford.";
    assert!(!places(&events("en", text), "rally").contains(&"Bradford".to_owned()));
}

#[test]
fn names_in_a_list_of_places_are_places_though_no_table_holds_them() {
    let text = "Farmers marched in Leeds, Thorncombley and Hasterwick on Monday.";
    assert_eq!(places(&events("en", text), "march"), ["Leeds", "Thorncombley", "Hasterwick"]);
    let text = "Les planteurs ont défilé lundi à Lyon, Sarambougou et Kolondiébala.";
    assert_eq!(places(&events("fr", text), "march"), ["Lyon", "Sarambougou", "Kolondiébala"]);
    let text = "In Leeds, Hasterites marched on Monday.";
    assert_eq!(places(&events("en", text), "march"), ["Leeds"]);
}

#[test]
fn a_year_that_holds_one_day_told_before_means_that_day() {
    let text = "Dockers in Leeds remember the vote of March 4, 2018. Last year police clashed with dockers.";
    assert_eq!(day(&events("en", text), "clash").as_deref(), Some("2018-03-04"));
    let text = "Dockers in Leeds remember the votes of March 4, 2018, and May 2, 2018. Last year police clashed with dockers.";
    assert_eq!(day(&events("en", text), "clash").as_deref(), Some("2018-01-01"));
}

#[test]
fn what_goes_on_across_a_region_is_in_no_one_town_of_it() {
    let text = "Teachers marched in Barcelona on Monday. Schools stayed shut, and clashes broke out across Catalonia.";
    assert_eq!(places(&events("en", text), "clash"), ["Catalonia"]);
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
fn what_here_presents_is_told_of_no_place() {
    let packs = doleance_coding::LanguagePacks::embedded();
    let pack = packs.get(&doleance_text::LanguageCode("en".to_owned())).unwrap().unwrap();
    let shared = packs.shared().unwrap();
    let places = |text: &str| {
        let report = doleance_text::Report::new("report", text);
        let found =
            doleance_coding::annotate(pack, shared, &report, &doleance_coding::CodingOptions::default());
        found.places.mentions.iter().map(|m| m.span.of(text).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(places("Dockers met in Hull. Here is what they saw."), ["Hull"]);
    assert_eq!(places("Dockers met in Hull. Here, nobody works."), ["Hull", "Here"]);
}
