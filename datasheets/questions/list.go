package questions

var (
	measured      = []string{Measured}
	measuredHuman = []string{Measured, Human}
	declared      = []string{Declared}
	declaredHuman = []string{Declared, Human}
	human         = []string{Human}
)

// All are all questions, in the order of the datasheet.
func All() []Question {
	var list []Question
	for _, part := range []struct {
		name, section string
		questions     []Question
	}{
		{Datasheet, "Motivation", motivation},
		{Datasheet, "Composition", composition},
		{Datasheet, "Collection", collection},
		{Datasheet, "Preprocessing", preprocessing},
		{Datasheet, "Uses", uses},
		{Datasheet, "Distribution", distribution},
		{Datasheet, "Maintenance", maintenance},
		{Statement, "Data Statement", statement},
		{RAI, "Responsible AI", rai},
		{GDPR, "Data protection and ethics", gdpr},
	} {
		for _, q := range part.questions {
			q.Part, q.Section = part.name, part.section
			list = append(list, q)
		}
	}
	return list
}

// The questions of Gebru et al.: fifty, and one more a section for whatever
// else there is to say.
var motivation = []Question{
	{ID: "purpose", Ask: "For what purpose was the corpus made: which task was in mind, which gap does it fill?", Kinds: human},
	{ID: "creators", Ask: "Who made it, and on behalf of whom?", Kinds: declared, Declared: []string{"citation.creators"}},
	{ID: "funding", Ask: "Who paid for it, under which grant?", Kinds: declaredHuman, Declared: []string{"citation.funding"}},
	{ID: "motivation_other", Ask: "Anything else on the motivation?", Kinds: human, Optional: true},
}

var composition = []Question{
	{ID: "instances", Ask: "What does an instance stand for, and are there several types?", Kinds: measured},
	{ID: "counts", Ask: "How many instances are there of each type?", Kinds: measured},
	{ID: "sample", Ask: "Are these all possible instances or a sample, and how representative is it of what larger set?", Kinds: human},
	{ID: "instance_data", Ask: "What does each instance hold?", Kinds: measured},
	{ID: "labels", Ask: "Does each instance have a label or target?", Kinds: measured},
	{ID: "missing", Ask: "What is missing from instances, and why?", Kinds: measured, RAI: "rai:dataCollectionMissingData"},
	{ID: "relationships", Ask: "Are relations between instances explicit?", Kinds: measured},
	{ID: "splits", Ask: "Which splits are recommended, and why?", Kinds: measuredHuman},
	{ID: "errors", Ask: "Which errors, noise and redundancies are there?", Kinds: measuredHuman},
	{ID: "self_contained", Ask: "Does the corpus rest on anything outside of itself, and will that stay as it is?", Kinds: measured},
	{ID: "confidential", Ask: "Does it hold anything confidential?", Kinds: human},
	{ID: "offensive", Ask: "Does it hold anything that may offend, insult, threaten or cause fear?", Kinds: human},
	{ID: "subpopulations", Ask: "Does it name groups of people, and how do they spread?", Kinds: human},
	{ID: "identifiable", Ask: "Can persons be identified, directly or together with other data?", Kinds: measuredHuman, RAI: "rai:personalSensitiveInformation"},
	{ID: "sensitive", Ask: "Does it hold sensitive data: origin, opinions, belief, health, orientation and the like?", Kinds: human},
	{ID: "composition_other", Ask: "Anything else on the composition?", Kinds: human, Optional: true},
}

var collection = []Question{
	{ID: "acquisition", Ask: "How was each instance acquired: observed, reported by its author, or derived?", Kinds: declaredHuman, Declared: []string{"method"}, RAI: "rai:dataCollection"},
	{ID: "mechanism", Ask: "By which mechanisms and programs was it collected, and how were these checked?", Kinds: measured},
	{ID: "sampling_strategy", Ask: "If it is a sample, by which strategy was it drawn?", Kinds: human},
	{ID: "collectors", Ask: "Who collected, and how were they paid?", Kinds: declaredHuman, Declared: []string{"collector"}},
	{ID: "timeframe", Ask: "Over which time was it collected, and when did the content come about?", Kinds: []string{Measured, Declared}, Declared: []string{"collected_from", "collected_to"}, RAI: "rai:dataCollectionTimeframe"},
	{ID: "ethics_review", Ask: "Was there an ethical review?", Kinds: declared, Declared: []string{"ethics_board", "ethics_ref", "ethics_date"}},
	{ID: "third_party", Ask: "Do the data come from the persons directly, or from third parties such as websites?", Kinds: human},
	{ID: "notified", Ask: "Were the persons told of the collection, and how?", Kinds: declared, Declared: []string{"art14"}},
	{ID: "consent", Ask: "Did the persons consent, to what and how; and if not, what takes its place?", Kinds: declared, Declared: []string{"consent_basis"}},
	{ID: "revocation", Ask: "How can a person take consent back, or object?", Kinds: human},
	{ID: "impact", Ask: "Was the impact on the persons assessed?", Kinds: declared, Declared: []string{"dpia_ref"}},
	{ID: "collection_other", Ask: "Anything else on the collection?", Kinds: human, Optional: true},
}

var preprocessing = []Question{
	{ID: "preprocessing", Ask: "What was done to the data: cleaning, splitting, masking, labelling?", Kinds: measured, RAI: "rai:dataPreprocessingProtocol"},
	{ID: "raw", Ask: "Are the raw data kept, and where?", Kinds: measuredHuman, RAI: "rai:dataCollectionRawData"},
	{ID: "software", Ask: "Is the software that did it available?", Kinds: measured},
	{ID: "preprocessing_other", Ask: "Anything else on the preprocessing?", Kinds: human, Optional: true},
}

var uses = []Question{
	{ID: "used_already", Ask: "Has the corpus been used already, for what?", Kinds: human},
	{ID: "papers", Ask: "Is there a list of works that use it?", Kinds: human},
	{ID: "other_tasks", Ask: "For which other tasks could it be used?", Kinds: human},
	{ID: "future_effect", Ask: "Does anything in its making bear on later uses, such as unfair treatment or legal risks, and what can be done?", Kinds: human},
	{ID: "must_not_use", Ask: "For which tasks must it not be used?", Kinds: human},
	{ID: "uses_other", Ask: "Anything else on uses?", Kinds: human, Optional: true},
}

var distribution = []Question{
	{ID: "third_parties", Ask: "Will it be given to third parties, and to whom?", Kinds: human},
	{ID: "channel", Ask: "How will it be distributed, and has it a DOI?", Kinds: declaredHuman, Declared: []string{"citation.doi", "citation.url"}},
	{ID: "when", Ask: "When will it be distributed?", Kinds: declared, Declared: []string{"citation.released"}},
	{ID: "license", Ask: "Under which licence and terms?", Kinds: []string{Measured, Declared}, Declared: []string{"citation.license"}},
	{ID: "ip_limits", Ask: "Have third parties put limits on the instances?", Kinds: []string{Measured, Declared}, Declared: []string{"terms_url"}},
	{ID: "export_controls", Ask: "Do export controls or other rules apply?", Kinds: human},
	{ID: "distribution_other", Ask: "Anything else on distribution?", Kinds: human, Optional: true},
}

var maintenance = []Question{
	{ID: "maintainer", Ask: "Who hosts and maintains it?", Kinds: declaredHuman, Declared: []string{"citation.publisher"}, RAI: "rai:dataReleaseMaintenancePlan"},
	{ID: "contact", Ask: "How can they be reached?", Kinds: declared, Declared: []string{"citation.contact"}},
	{ID: "erratum", Ask: "Is there an erratum?", Kinds: measured},
	{ID: "updates", Ask: "Will it be updated, how often, by whom, and how will users know?", Kinds: human},
	{ID: "retention", Ask: "Is there a limit to how long data of persons may be kept, and how is it kept to?", Kinds: declaredHuman, Declared: []string{"retention_until"}},
	{ID: "old_versions", Ask: "Will older versions be kept?", Kinds: measuredHuman},
	{ID: "contribute", Ask: "How can others extend it or contribute?", Kinds: human},
	{ID: "maintenance_other", Ask: "Anything else on maintenance?", Kinds: human, Optional: true},
}

// What Bender and Friedman ask for beyond that.
var statement = []Question{
	{ID: "summary", Ask: "What should somebody know of the corpus in 60 to 100 words?", Kinds: human},
	{ID: "curation_rationale", Ask: "Which texts were chosen, and why these?", Kinds: human},
	{ID: "language_variety", Ask: "Which languages and varieties of them are there?", Kinds: measuredHuman},
	{ID: "speaker_demographic", Ask: "Who are the authors of the texts: age, gender, origin, first language? (Unknown is an answer; what is not known must not be inferred.)", Kinds: human},
	{ID: "annotator_demographic", Ask: "Who annotated, if anybody did?", Kinds: human, RAI: "rai:annotatorDemographics"},
	{ID: "speech_situation", Ask: "When, where, for whom, in which mode and how synchronous were the texts written?", Kinds: measuredHuman},
	{ID: "text_characteristics", Ask: "Of which genres and topics are the texts?", Kinds: human},
	{ID: "capture_quality", Ask: "How good is the capture: what was lost or changed on the way?", Kinds: measuredHuman},
	{ID: "source_datasets", Ask: "Is it made of other corpora, and what do their datasheets say?", Kinds: human, Optional: true},
	{ID: "limitations", Ask: "What are the limits of the corpus?", Kinds: human, RAI: "rai:dataLimitations"},
	{ID: "disclosures", Ask: "Are there interests to disclose?", Kinds: human},
	{ID: "glossary", Ask: "Which words need an explanation?", Kinds: human, Optional: true},
}

// Properties of Croissant RAI 1.0 that no question above answers.
var rai = []Question{
	{ID: "biases", Ask: "Which biases do the data have?", Kinds: human, RAI: "rai:dataBiases"},
	{ID: "social_impact", Ask: "Which effects on society may the corpus have, and what is done about them?", Kinds: human, RAI: "rai:dataSocialImpact"},
	{ID: "use_cases", Ask: "For which uses has it been checked or is it meant?", Kinds: human, RAI: "rai:dataUseCases"},
	{ID: "synthetic", Ask: "Does it hold synthetic data? (yes or no, and which)", Kinds: human},
	{ID: "imputation", Ask: "Were missing values filled in?", Kinds: measured, RAI: "rai:dataImputationProtocol"},
	{ID: "manipulation", Ask: "What was changed in the data?", Kinds: measured, RAI: "rai:dataManipulationProtocol"},
	{ID: "machine_annotation", Ask: "Which programs annotated?", Kinds: measured, RAI: "rai:machineAnnotationTools"},
	{ID: "annotation", Ask: "Did people annotate, how and on which platform?", Kinds: human, RAI: "rai:dataAnnotationProtocol"},
	{ID: "annotation_platform", Ask: "On which platform did people annotate?", Kinds: human, RAI: "rai:dataAnnotationPlatform", Optional: true},
	{ID: "annotation_analysis", Ask: "How was agreement between annotators measured?", Kinds: human, RAI: "rai:dataAnnotationAnalysis", Optional: true},
	{ID: "annotations_per_item", Ask: "How many people annotated each item?", Kinds: human, RAI: "rai:annotationsPerItem", Optional: true},
}

const dpv, eu = "https://w3id.org/dpv#", "https://w3id.org/dpv/legal/eu/gdpr#"

// What ethics boards and data protection officers ask for.
var gdpr = []Question{
	{ID: "gdpr_controller", Ask: "Who is the controller?", Kinds: declared, Declared: []string{"controller"}, DPV: dpv + "hasDataController"},
	{ID: "gdpr_dpo", Ask: "How is the data protection officer reached?", Kinds: declared, Declared: []string{"dpo_contact"}, DPV: dpv + "DataProtectionOfficer"},
	{ID: "gdpr_basis", Ask: "What is the legal basis, GDPR Art. 6?", Kinds: declared, Declared: []string{"gdpr_basis"}, DPV: dpv + "hasLegalBasis"},
	{ID: "gdpr_art9", Ask: "Which ground covers special categories, GDPR Art. 9?", Kinds: declared, Declared: []string{"art9_ground"}, DPV: eu + "A9-2-j"},
	{ID: "gdpr_art17", Ask: "Why would erasure impair the research, GDPR Art. 17(3)(d), if that is claimed?", Kinds: human, DPV: eu + "JustificationA17Archiving", Optional: true},
	{ID: "gdpr_art21", Ask: "How can a person object, GDPR Art. 21, and how fast is that answered?", Kinds: human, DPV: dpv + "RightExerciseActivity"},
	{ID: "gdpr_art89", Ask: "Which safeguards are there, GDPR Art. 89(1): who holds the key, who has access?", Kinds: measuredHuman, DPV: dpv + "Pseudonymisation"},
	{ID: "ethics_outcome", Ask: "What did the ethics board decide, under which conditions?", Kinds: human},
	{ID: "tdm_basis", Ask: "On which ground were the texts mined: DSM Directive Art. 3 or 4, a licence, permission?", Kinds: declared, Declared: []string{"tdm_basis"}},
	{ID: "opt_outs", Ask: "Which opt-outs did the pages state, and how were they honoured?", Kinds: measuredHuman},
}
