//! Status where clauses meet: circumstances, coordination, what was foretold, planned, called off or disputed.

mod common;

use common::coded;

/// Status and first day of the event of a kind, in a sentence published on Tuesday 3 December 2019.
fn status(language: &str, text: &str, kind: &str) -> (String, Option<String>) {
    let coded = coded(language, text);
    let event =
        coded.events.iter().find(|e| e.kind == kind).unwrap_or_else(|| panic!("no {kind} in {text:?}"));
    let day = event.time.as_ref().and_then(|time| time.start).map(|day| day.to_string());
    (event.status.name().to_owned(), day)
}

fn assert_status(cases: &[(&str, &str, &str, &str)]) {
    for (language, text, kind, expected) in cases {
        assert_eq!(&status(language, text, kind).0, expected, "{text}");
    }
}

#[test]
fn where_and_when_something_was_asked_or_refused_took_place() {
    assert_status(&[
        ("en", "At a march on Sunday women demanded equal pay.", "march", "happened"),
        ("en", "In the clashes the union refused a truce.", "clash", "happened"),
        ("en", "The union called for a march.", "march", "called_for"),
        ("fr", "Après dix jours de grève, les salariés ont refusé l'accord.", "strike", "happened"),
        (
            "fr",
            "Les représentations ont été annulées, au 44e jour d'une grève des machinistes.",
            "strike",
            "happened",
        ),
        ("fr", "Les syndicats appellent à une deuxième journée de grève.", "strike", "called_for"),
    ]);
}

#[test]
fn whoever_is_asked_to_join_has_not_joined_yet() {
    assert_status(&[
        ("en", "The union urged workers to strike.", "strike", "called_for"),
        ("en", "The union urged workers to take part in a strike.", "strike", "called_for"),
        ("en", "Leaders asked members to participate in a rally.", "rally", "called_for"),
        ("en", "The union wants workers to take part in a march.", "march", "planned"),
        ("en", "They refused to take part in the strike.", "strike", "refused"),
        ("en", "Thousands took part in a march on Monday.", "march", "happened"),
        ("fr", "Le syndicat a exhorté les salariés à prendre part à une grève.", "strike", "called_for"),
        ("fr", "Des milliers de salariés ont participé à une grève lundi.", "strike", "happened"),
    ]);
}

#[test]
fn whoever_wants_to_hold_or_is_kept_from_an_action_has_not_taken_it() {
    assert_status(&[
        ("en", "Teachers want to stage a rally in Leeds.", "rally", "planned"),
        ("en", "They hope to organise a sit-in in Leeds.", "occupation", "planned"),
        ("en", "Drivers are mulling a walkout over rotas.", "strike", "planned"),
        ("en", "Farmers were dissuaded from blocking the road.", "blockade", "attempted"),
        ("en", "Teachers staged a rally in Leeds.", "rally", "happened"),
        ("fr", "Les chauffeurs réfléchissent à un débrayage.", "strike", "planned"),
    ]);
}

#[test]
fn what_somebody_did_not_manage_or_does_not_intend_was_not_done() {
    assert_status(&[
        ("en", "The crowd did not manage to storm the ministry.", "attack", "attempted"),
        ("en", "The crowd managed to storm the ministry.", "attack", "happened"),
        ("en", "Teachers did not manage to hold the rally in Leeds.", "rally", "attempted"),
        ("en", "Residents face a third day of strikes.", "strike", "happened"),
        ("fr", "Les manifestants n'ont pas pu bloquer la route.", "blockade", "attempted"),
        ("fr", "Les manifestants ont pu bloquer la route.", "blockade", "happened"),
        ("fr", "Le président n'a pas l'intention de démissionner.", "resignation", "denied"),
    ]);
}

#[test]
fn a_relative_clause_may_say_that_an_action_is_to_come() {
    assert_status(&[
        ("en", "Residents criticised the march, which will take place on Saturday.", "march", "planned"),
        ("en", "The strike, which was to have begun at midnight, was suspended.", "strike", "planned"),
        ("en", "The strike, which began at midnight, was suspended.", "strike", "happened"),
        ("fr", "Le maire a critiqué la marche qui aura lieu samedi.", "march", "planned"),
        ("fr", "La grève, qui devait débuter à minuit, a été suspendue.", "strike", "planned"),
        ("fr", "La grève, qui a débuté à minuit, a été suspendue.", "strike", "happened"),
        ("fr", "La grève, qui pourrait durer des semaines, a commencé lundi.", "strike", "happened"),
        (
            "en",
            "The strike, which will enter its third week on Monday, has crippled exports.",
            "strike",
            "happened",
        ),
        ("en", "Ministers did not welcome the call for a strike.", "strike", "called_for"),
        ("fr", "Les cheminots entendent maintenir leur grève.", "strike", "happened"),
    ]);
}

#[test]
fn the_preposition_of_a_headline_tells_what_is_to_come() {
    assert_status(&[
        ("fr", "Vers une grève illimitée dans les raffineries", "strike", "planned"),
        ("fr", "Pour une grève massive dans les hôpitaux !", "strike", "called_for"),
        ("fr", "Grève illimitée dans les raffineries", "strike", "happened"),
    ]);
}

#[test]
fn what_will_not_be_done_or_held_is_denied() {
    assert_status(&[
        ("fr", "Ils ne bloqueront jamais le port.", "blockade", "denied"),
        ("fr", "Chez Bosch, la grève n'aura pas lieu", "strike", "denied"),
        ("fr", "Ils bloqueront le port.", "blockade", "planned"),
        ("fr", "La marche a été reportée au 25 mars.", "march", "planned"),
        ("fr", "La marche a été reportée.", "march", "denied"),
    ]);
}

#[test]
fn what_is_to_be_or_was_foretold_is_planned() {
    assert_status(&[
        ("en", "The strike is to begin on Monday.", "strike", "planned"),
        ("en", "The company said it would close the plant in Hull.", "layoff", "planned"),
        ("en", "The opposition called for the army to be deployed.", "troop_deployment", "called_for"),
        ("fr", "Le syndicat a annoncé qu'il manifesterait mardi à Lille.", "rally", "planned"),
    ]);
    assert_eq!(status("en", "Workers are to march on Friday in Leeds.", "march"), planned_on("2019-12-06"));
    assert_eq!(
        status("fr", "Les cheminots prévoient de manifester vendredi.", "rally"),
        planned_on("2019-12-06")
    );
}

fn planned_on(day: &str) -> (String, Option<String>) {
    ("planned".to_owned(), Some(day.to_owned()))
}

#[test]
fn a_weekday_of_who_calls_is_not_the_action_s() {
    assert_eq!(
        status("en", "The union called on Monday for a strike.", "call").1.as_deref(),
        Some("2019-12-02")
    );
    let text = "Thousands took part in the march in Leeds on Friday.";
    assert_eq!(status("en", text, "march"), ("happened".to_owned(), Some("2019-11-29".to_owned())));
}

#[test]
fn a_second_verb_goes_by_the_auxiliary_of_the_first_unless_it_has_its_own() {
    assert_status(&[
        ("en", "Dockers will march on Friday and block the port.", "blockade", "planned"),
        (
            "en",
            "The government announced that the unit would be dissolved, but the protests continued.",
            "rally",
            "happened",
        ),
    ]);
}

#[test]
fn what_was_called_off_or_is_disputed_is_denied() {
    assert_status(&[
        ("fr", "La grève prévue mercredi a été annulée.", "strike", "denied"),
        ("en", "The governor denied that layoffs were planned.", "layoff", "denied"),
        ("fr", "Une grève est prévue mercredi à Metz.", "strike", "planned"),
    ]);
}

#[test]
fn what_is_promised_on_a_condition_is_hypothetical() {
    assert_status(&[
        (
            "fr",
            "La direction a promis de titulariser huit contractuels si le mouvement cessait.",
            "concession",
            "hypothetical",
        ),
        ("fr", "La direction a promis lundi de titulariser huit contractuels.", "concession", "happened"),
        (
            "en",
            "The company promised to reinstate the men if the strike ended.",
            "concession",
            "hypothetical",
        ),
        ("en", "The company agreed to raise wages after the strike.", "concession", "happened"),
    ]);
}

#[test]
fn what_is_wanted_of_a_strike_that_goes_on_does_not_undo_it() {
    assert_status(&[
        ("fr", "Les cheminots ont décidé de reconduire la grève.", "strike", "happened"),
        ("fr", "Les syndicats veulent suspendre la grève.", "strike", "happened"),
        ("fr", "Le syndicat a appelé à poursuivre la grève.", "strike", "called_for"),
        ("fr", "Le ministre veut résoudre la grève des dockers.", "strike", "happened"),
        ("en", "The miners want to continue the strike.", "strike", "happened"),
        ("en", "The union threatened to escalate its strike.", "strike", "happened"),
    ]);
}

#[test]
fn who_wants_to_begin_has_not_begun() {
    assert_status(&[
        ("fr", "Les salariés veulent commencer une grève.", "strike", "planned"),
        ("fr", "Les salariés n'ont pas commencé leur grève.", "strike", "denied"),
        ("en", "Workers want to begin a strike.", "strike", "planned"),
        ("en", "Workers threatened to start a strike.", "strike", "threatened"),
        ("en", "Workers have not started their strike.", "strike", "denied"),
        ("en", "Workers started a strike on Monday.", "strike", "happened"),
    ]);
}

#[test]
fn a_warning_and_talk_are_not_the_action() {
    assert_status(&[
        ("fr", "La direction met en garde contre de nouveaux débrayages.", "strike", "threatened"),
        ("fr", "Il a été placé en garde à vue après les affrontements.", "clash", "happened"),
        ("en", "There was talk of redundancies at the plant.", "layoff", "hypothetical"),
    ]);
}

#[test]
fn who_is_forced_to_act_has_acted_if_they_were_forced() {
    assert_status(&[
        ("en", "The affair forced the premier to step down.", "resignation", "happened"),
        ("en", "The affair could force the premier to step down.", "resignation", "hypothetical"),
        ("en", "The affair will force the premier to step down.", "resignation", "planned"),
        ("en", "The affair did not force the premier to step down.", "resignation", "denied"),
    ]);
}

#[test]
fn what_was_announced_as_done_is_done() {
    assert_status(&[
        (
            "en",
            "On Sunday the premier announced that the cabinet had scrapped the tax.",
            "concession",
            "happened",
        ),
        (
            "fr",
            "La loi, votée au pas de charge le 22 octobre, ne sera pas retouchée.",
            "legislation",
            "happened",
        ),
        ("fr", "La garde républicaine a riposté par des tirs sur la foule.", "shooting", "happened"),
    ]);
}

#[test]
fn what_somebody_threatens_to_call_is_threatened() {
    assert_status(&[
        ("en", "The committee threatened to call another strike.", "strike", "threatened"),
        ("en", "The committee decided to call another strike.", "strike", "called_for"),
        ("fr", "Le comité menace d'appeler à la grève.", "strike", "threatened"),
        ("fr", "Le comité a appelé à la grève.", "strike", "called_for"),
    ]);
}

#[test]
fn what_comes_on_a_condition_is_threatened() {
    assert_status(&[
        (
            "en",
            "The council has until June to answer, failing which pupils will march in Hull.",
            "march",
            "threatened",
        ),
        ("en", "Drivers will block the bridge unless the fare is cut.", "blockade", "threatened"),
        ("en", "The union said it would strike if wages were not paid.", "strike", "threatened"),
        ("en", "The minister warned that anyone absent would be fired.", "dismissal", "threatened"),
        ("en", "The union said it would strike on Monday.", "strike", "planned"),
        ("en", "Even if it rains, nurses will march in Leeds on Saturday.", "march", "planned"),
        ("en", "Nurses will march in Leeds, whether the minister comes or not.", "march", "planned"),
        ("fr", "Si la direction ne cède pas, nous bloquerons le port lundi.", "blockade", "threatened"),
        (
            "fr",
            "Faute de quoi, prévient le syndicat, les dockers bloqueront le port.",
            "blockade",
            "threatened",
        ),
        (
            "fr",
            "Sans réponse de la direction, le syndicat étendra la grève à Iquique.",
            "strike",
            "threatened",
        ),
        ("fr", "Même s'il pleut, les infirmières manifesteront samedi.", "rally", "planned"),
        ("fr", "Les dockers bloqueront le port lundi.", "blockade", "planned"),
    ]);
}

#[test]
fn what_is_given_up_before_it_began_is_denied() {
    assert_status(&[
        ("en", "Drivers called off a strike planned for Monday.", "strike", "denied"),
        ("en", "Drivers in Hull called off their strike on Monday.", "strike", "happened"),
        ("fr", "La grève prévue samedi à Brest n'aura pas lieu.", "strike", "denied"),
        ("fr", "La marche de samedi à Brest n'aura pas lieu.", "march", "denied"),
        ("fr", "La marche de samedi à Brest aura lieu.", "march", "planned"),
    ]);
}

#[test]
fn a_past_or_a_count_tells_what_was_done() {
    assert_status(&[
        ("fr", "La préfecture annonce treize interpellations à Brest.", "arrest", "happened"),
        ("fr", "La préfecture annonce des interpellations à Brest.", "arrest", "planned"),
        ("fr", "Le blocage de la rocade n'aura duré que deux heures.", "blockade", "happened"),
        ("fr", "Le blocage de la rocade durera deux heures.", "blockade", "planned"),
        (
            "fr",
            "Le ministre a annoncé que deux mille soldats seraient déployés.",
            "troop_deployment",
            "planned",
        ),
        ("fr", "Les dockers sont allés manifester lundi.", "rally", "happened"),
        ("fr", "Les dockers vont manifester lundi.", "rally", "planned"),
    ]);
}

#[test]
fn what_was_not_done_is_denied_however_many_words_name_it() {
    assert_status(&[
        (
            "en",
            "Contrary to rumours, mobile internet was not suspended this week.",
            "internet_shutdown",
            "denied",
        ),
        ("en", "Mobile internet was suspended this week.", "internet_shutdown", "happened"),
        ("en", "Soldiers were not deployed in the city.", "troop_deployment", "denied"),
        ("en", "The officers denied having used live rounds in Leeds.", "shooting", "denied"),
        ("fr", "Les policiers démentent avoir fait usage de gaz lacrymogène.", "dispersal", "denied"),
    ]);
    for (language, text) in [
        ("en", "The inspector said not a shot was fired."),
        ("en", "No road was blocked."),
        ("fr", "Le préfet assure qu'aucun coup de feu n'a été tiré."),
    ] {
        assert!(coded(language, text).events.is_empty(), "{text}");
    }
}

#[test]
fn who_ceases_work_has_a_strike_and_who_ceases_the_strike_had_one() {
    assert_status(&[
        ("en", "The workers will cease work on Friday.", "strike", "planned"),
        ("en", "The forum said it will cease work if the act is not withdrawn.", "strike", "threatened"),
        ("en", "The union wants to prolong the strike.", "strike", "happened"),
        ("fr", "Si le ministre ne répond pas, les médecins cesseront le travail.", "strike", "threatened"),
        ("fr", "Le syndicat veut prolonger la grève.", "strike", "happened"),
    ]);
}

#[test]
fn who_struck_or_was_sacked_did_so_whatever_is_to_become_of_them() {
    assert_status(&[
        ("en", "The minister warned that strikers would be fired.", "strike", "happened"),
        ("en", "The minister warned that strikers would be fired.", "dismissal", "threatened"),
        ("en", "The minister ruled out the reinstatement of the sacked workers.", "dismissal", "happened"),
        ("en", "The minister ruled out the reinstatement of the sacked workers.", "concession", "refused"),
    ]);
}

#[test]
fn we_act_as_those_for_whom_the_speaker_speaks() {
    assert_status(&[
        ("fr", "« S'ils s'entêtent, on bloquera l'A16 », menace un délégué.", "blockade", "threatened"),
        (
            "fr",
            "« Sans engagement vendredi, on fermera le port », prévient une enseignante.",
            "blockade",
            "threatened",
        ),
        ("en", "\"If they come, we will block the motorway,\" warned the farmers.", "blockade", "threatened"),
    ]);
    let text = "« On fermera la route pour des travaux », annonce le préfet.";
    assert!(coded("fr", text).events.iter().all(|e| e.kind != "blockade"), "{text}");
}

#[test]
fn what_somebody_said_would_be_is_planned() {
    assert_status(&[
        ("en", "The mine would be closed next week, the minister said on Monday.", "layoff", "planned"),
        (
            "en",
            "The mine would be closed next week if prices fell, the minister said.",
            "layoff",
            "hypothetical",
        ),
        ("en", "The union announced the suspension of its strike on Friday.", "strike", "happened"),
    ]);
}

#[test]
fn who_supports_a_strike_and_stops_work_strikes() {
    let text = "More than 200 drivers planned to support the strike and will stay off the roads on Friday.";
    let kinds: Vec<String> = coded("en", text).events.into_iter().map(|e| e.kind).collect();
    assert!(kinds.iter().all(|k| k == "strike") && !kinds.is_empty(), "{kinds:?}");
    let text = "The bishops supported the strike and thanked the mayor.";
    assert!(coded("en", text).events.iter().any(|e| e.kind == "solidarity"), "{text}");
}

#[test]
fn what_is_lifted_stands_until_then() {
    assert_status(&[
        ("en", "The union will not lift its blockade.", "blockade", "happened"),
        ("en", "Farmers refused to lift the blockade.", "blockade", "happened"),
        ("en", "The union will lift the blockade on Friday.", "blockade", "happened"),
        ("fr", "Les pêcheurs lèveront le blocage vendredi.", "blockade", "happened"),
        ("en", "Farmers will put up a blockade on Friday.", "blockade", "planned"),
    ]);
}

#[test]
fn plans_that_are_dropped_come_to_nothing() {
    assert_status(&[
        ("en", "The union abandoned its plan to strike.", "strike", "denied"),
        ("en", "The union dropped plans for a strike.", "strike", "denied"),
        ("fr", "Le syndicat a abandonné son projet de grève.", "strike", "denied"),
        ("en", "The union announced its plan to strike.", "strike", "planned"),
    ]);
}

#[test]
fn what_is_waited_for_or_forsworn_is_not_told_as_done() {
    assert_status(&[
        (
            "fr",
            "Les enseignants ne reprendront pas les cours avant que le ministre ne démissionne.",
            "resignation",
            "hypothetical",
        ),
        ("en", "The president vowed not to resign.", "resignation", "refused"),
    ]);
}

#[test]
fn what_is_planned_for_people_is_not_what_they_did() {
    assert_status(&[
        ("en", "The organisers of the rally were promised a meeting.", "rally", "happened"),
        ("en", "The organisers plan a rally.", "rally", "planned"),
    ]);
}

#[test]
fn a_verb_of_denial_denies_though_it_looks_like_an_adjective() {
    assert_status(&[
        (
            "fr",
            "Le ministère dément que des militaires aient ouvert le feu sur la foule.",
            "shooting",
            "denied",
        ),
        ("fr", "Le préfet dément que des policiers aient frappé des grévistes.", "attack", "denied"),
    ]);
}

#[test]
fn what_was_planned_and_took_place_has_happened() {
    assert_status(&[
        ("fr", "La marche annoncée pour lundi a eu lieu.", "march", "happened"),
        ("fr", "La marche annoncée pour lundi aura lieu samedi.", "march", "planned"),
        ("fr", "La marche annoncée pour lundi n'a pas eu lieu.", "march", "denied"),
        ("en", "The strike planned for Monday went ahead.", "strike", "happened"),
        ("en", "The march planned for Monday was held.", "march", "happened"),
        ("en", "The march planned for Monday is to be held.", "march", "planned"),
    ]);
}

#[test]
fn what_an_announcement_came_at_the_end_of_was_held() {
    assert_status(&[
        (
            "fr",
            "Le syndicat l'a annoncé lundi à l'issue d'une réunion de conciliation.",
            "negotiation",
            "happened",
        ),
        ("fr", "Le syndicat a annoncé lundi une réunion de conciliation.", "negotiation", "planned"),
        (
            "en",
            "The union announced a strike at the end of talks with the ministry.",
            "negotiation",
            "happened",
        ),
        ("en", "The union announced a strike at the end of talks with the ministry.", "strike", "planned"),
    ]);
}

#[test]
fn a_headline_says_what_is_to_be() {
    assert_status(&[
        ("en", "Rally to be held in Leeds on Friday", "rally", "planned"),
        ("en", "Farmers to hold second protest in Leeds", "rally", "planned"),
        ("en", "MPs to debate strike bill on Monday", "legislation", "planned"),
        ("en", "Steelworks to close in Redcar with loss of 1,700 jobs", "layoff", "planned"),
        ("en", "Rally held in Leeds on Friday", "rally", "happened"),
    ]);
    assert_eq!(status("en", "We are holding a rally in Leeds on Friday.", "rally"), planned_on("2019-12-06"));
    let text = "We were holding a rally in Leeds on Friday.";
    assert_eq!(status("en", text, "rally").0, "happened");
}

#[test]
fn a_rally_that_is_called_off_is_not_held_and_a_strike_may_have_begun() {
    assert_status(&[
        ("en", "Opposition calls off rally in Leeds", "rally", "denied"),
        ("en", "The drivers in Leeds called off their strike.", "strike", "happened"),
        ("en", "Plans for a march through Leeds were dropped.", "march", "denied"),
        ("en", "The union said it would not call off Friday's strike.", "strike", "planned"),
    ]);
}

#[test]
fn what_is_said_of_no_strike_in_particular_is_none() {
    for text in ["I believe that strikes never solve anything.", "No state of emergency will be declared."] {
        assert!(coded("en", text).events.is_empty(), "{text}");
    }
    assert_status(&[
        ("en", "The strike did not spread to other mines.", "strike", "happened"),
        ("en", "The strike did not take place.", "strike", "denied"),
        ("en", "The union may call a strike.", "strike", "hypothetical"),
        ("en", "The bill would make it illegal to wear masks.", "legislation", "planned"),
    ]);
}

#[test]
fn words_that_refuse_do_so_in_the_future_too() {
    let text = "The government won't give in, the minister said.";
    let found = coded("en", text).events;
    let concession = found.iter().find(|e| e.kind == "concession").expect("a concession");
    assert_eq!(concession.status.name(), "refused", "{found:?}");
}

#[test]
fn a_line_with_a_weekday_announces_what_people_do_together() {
    let text = "Grève générale lundi en Guinée";
    assert_eq!(status("fr", text, "general_strike").0, "planned");
    let text = "Deux morts lundi dans des heurts à Bamako";
    assert_eq!(status("fr", text, "clash").0, "happened");
}
