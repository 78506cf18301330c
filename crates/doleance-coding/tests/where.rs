//! Where an action was, as the words around it say.

mod common;

use doleance_records::Event;

use common::coded;

fn events(language: &str, text: &str) -> Vec<Event> {
    coded(language, text).events
}

/// The places of the events of a kind, in their order.
fn places(events: &[Event], kind: &str) -> Vec<String> {
    let of_kind = events.iter().filter(|e| e.kind == kind);
    of_kind.map(|e| e.place.as_ref().map_or(String::new(), |p| p.name.clone())).collect()
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
fn a_pronoun_of_place_takes_up_the_place_before_it() {
    let text =
        "À Caen, des heurts ont éclaté lundi. Le calme régnait à Rouen. Une voiture y a été incendiée.";
    assert_eq!(places(&events("fr", text), "arson"), ["Rouen"]);
    let text = "À Caen, des heurts ont éclaté lundi. Il y a eu trois arrestations.";
    assert_eq!(places(&events("fr", text), "arrest"), ["Caen"]);
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
fn what_goes_on_across_a_region_is_in_no_one_town_of_it() {
    let text = "Teachers marched in Barcelona on Monday. Schools stayed shut, and clashes broke out across Catalonia.";
    assert_eq!(places(&events("en", text), "clash"), ["Catalonia"]);
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

#[test]
fn an_open_number_of_towns_is_the_country_and_those_named_of_it() {
    let text = "Thousands marched in Leeds on Saturday. Rallies were held in dozens of cities on Sunday.";
    assert_eq!(places(&events("en", text), "rally"), ["United Kingdom"]);
    let text = "Police opened fire in Leeds. Riots broke out in several towns, among them York and Hull.";
    assert_eq!(places(&events("en", text), "riot"), ["United Kingdom", "York", "Kingston upon Hull"]);
    let text = "Des rassemblements ont eu lieu dans plusieurs villes d'Irak, dont Bagdad et Bassora.";
    assert_eq!(places(&events("fr", text), "rally"), ["Iraq", "Baghdad", "Basrah"]);
    let text = "Les cheminots ont manifesté à Nantes. Des heurts ont éclaté dans plusieurs communes de Loire-Atlantique.";
    assert_eq!(places(&events("fr", text), "clash"), ["Loire-Atlantique"]);
    let text = "Les cheminots ont défilé à Lyon. Lundi, des lycées étaient bloqués un peu partout en France.";
    assert_eq!(places(&events("fr", text), "blockade"), ["France"]);
}

#[test]
fn towns_that_are_known_are_no_open_number() {
    let text = "Les cheminots ont manifesté à Nantes. Des heurts ont éclaté dans plusieurs quartiers.";
    assert_eq!(places(&events("fr", text), "clash"), ["Nantes"]);
    let text = "À Paris, le ministre s'entretient jeudi avec les élus des départements d'outre-mer.";
    assert_eq!(places(&events("fr", text), "negotiation"), ["Paris"]);
}

#[test]
fn a_place_that_only_describes_others_is_not_where_something_was() {
    let text = "Des ouvriers ont manifesté jeudi à Lyon. Un ancien policier de Montauban raconte que les gendarmes ont \
                tiré des grenades lacrymogènes sur la foule.";
    assert_eq!(places(&events("fr", text), "dispersal"), ["Lyon"]);
    let text = "Des ouvriers ont défilé jeudi à Toulouse. La préfecture de Haute-Garonne fait état de six interpellations.";
    assert_eq!(places(&events("fr", text), "arrest"), ["Toulouse"]);
}

#[test]
fn a_relative_clause_of_place_is_at_the_place_before_it() {
    for (language, text, kind, expected) in [
        (
            "en",
            "Students marched in Cairo on Monday. Hundreds fled to Basra, an oil-rich port in southern Iraq, where \
             police fired on the crowd.",
            "shooting",
            vec!["Basrah"],
        ),
        (
            "fr",
            "Des livreurs ont défilé à Ankara, à Izmir puis à Esenyurt, où 257 travailleurs ont été licenciés.",
            "layoff",
            vec!["Esenyurt"],
        ),
        (
            "en",
            "In Ceres and Robertson, where workers went on strike last month, it was business as usual.",
            "strike",
            vec!["Ceres", "Robertson"],
        ),
    ] {
        assert_eq!(places(&events(language, text), kind), expected, "{text}");
    }
}

#[test]
fn what_something_is_shared_with_is_not_where_it_was() {
    let text = "Ecuador sent 3,200 soldiers to its border with Colombia.";
    assert_eq!(places(&events("en", text), "troop_deployment"), ["Ecuador"]);
}

#[test]
fn the_name_of_a_firms_branch_is_no_country() {
    let text = "Des ouvriers ont défilé lundi à Bamako devant le siège de Goodyear France.";
    assert_eq!(places(&events("fr", text), "march"), ["Bamako"]);
    let text = "Thousands marched in Oslo on Monday. Farmers also staged a sit-in there over a crisis blamed on a \
                Russian embargo.";
    assert_eq!(places(&events("en", text), "occupation"), ["Oslo"]);
}

#[test]
fn what_goes_on_all_over_a_country_is_not_what_goes_on_in_a_town_of_it() {
    let text = "Des manifestants ont défilé samedi à travers le Liban. A Beyrouth, ils ont défilé dans le centre-ville.";
    assert_eq!(places(&events("fr", text), "march"), ["Lebanon", "Beirut"]);
    let text = "At least 300 people were detained across Belarus on Saturday, 120 of them in Minsk and 30 in Grodno.";
    assert_eq!(places(&events("en", text), "arrest"), ["Belarus", "Minsk", "Grodno"]);
}

#[test]
fn a_day_of_action_is_one_of_the_country() {
    let text = "Des cheminots ont défilé jeudi à Nantes. Les syndicats appellent à une nouvelle journée d'action le 5 décembre.";
    assert_eq!(places(&events("fr", text), "rally"), ["France"]);
    let text = "Teachers marched in Leeds for the third day of protests.";
    assert_eq!(places(&events("en", text), "march"), ["Leeds"]);
}

#[test]
fn what_is_done_to_an_action_is_where_that_is() {
    let text = "A Conakry, des jeunes ont défilé lundi. En 2007, une grève générale dans tout le pays, durement réprimée, avait \
                fait plus de 130 morts en Guinée.";
    let found = events("fr", text);
    assert_eq!(places(&found, "general_strike"), ["Guinea"]);
    assert_eq!(places(&found, "dispersal"), ["Guinea"]);
}
