"""Screening cases drawn from the evidence: who, which treatment, what the verdict must be, and why.

Each row starts from a healthy person of 30 to whom nothing applies and changes what it names.
(treatment, changes, verdict, rule, place in the evidence). `None` as rule: nothing speaks against.
Days are counted back from 23 November 2026.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

ON = date(2026, 11, 23)


def ago(days: int) -> date:
    return ON - timedelta(days=days)


def ahead(days: int) -> date:
    return ON + timedelta(days=days)


Case = tuple[str, dict[str, Any], str, str | None, str]

CASES: tuple[Case, ...] = (
    # --- nothing to say
    ("flip", {}, "go", None, "flip C6"),
    ("blush", {}, "go", None, "blush D1"),
    ("both", {}, "go", None, "blush G4"),
    # --- age
    ("flip", {"age": 17}, "not_now", "too_young", "flip C1"),
    ("flip", {"age": 18}, "go", None, "flip C1"),
    ("blush", {"age": 17}, "not_now", "too_young", "blush D2"),
    ("blush", {"age": 16}, "not_now", "too_young", "blush D2"),
    ("blush", {"age": 18}, "go", None, "blush D2"),
    ("both", {"age": 15}, "not_now", "too_young", "flip C1, blush D2"),
    ("flip", {"age": "unknown"}, "not_now", "too_young", "flip C1"),
    ("flip", {"age": 74}, "go", None, "flip C1"),
    # --- pregnancy and breast-feeding
    ("flip", {"pregnant": "yes"}, "not_now", "pregnancy", "flip C1"),
    ("blush", {"pregnant": "yes"}, "not_now", "pregnancy", "blush D2"),
    ("both", {"pregnant": "yes"}, "not_now", "pregnancy", "flip C1, blush D2"),
    ("flip", {"pregnant": "unknown"}, "doctor", "pregnancy", "flip C1"),
    ("blush", {"pregnant": "unknown"}, "doctor", "pregnancy", "blush D2"),
    ("flip", {"breastfeeding": "yes"}, "not_now", "breast_feeding", "flip C1"),
    ("blush", {"breastfeeding": "yes"}, "not_now", "breast_feeding", "blush D2"),
    ("flip", {"breastfeeding": "unknown"}, "doctor", "breast_feeding", "flip C1"),
    # --- allergies
    ("flip", {"allergy_toxin": "yes"}, "not_now", "toxin_allergy", "flip C1"),
    ("blush", {"allergy_toxin": "yes"}, "go", None, "flip C1: toxin alone"),
    ("both", {"allergy_toxin": "yes"}, "not_now", "toxin_allergy", "flip C1"),
    ("flip", {"allergy_toxin": "unknown"}, "doctor", "toxin_allergy", "flip C1"),
    ("flip", {"allergy_albumin": "yes"}, "not_now", "albumin_allergy", "flip C1"),
    ("flip", {"allergy_albumin": "unknown"}, "doctor", "albumin_allergy", "flip C1"),
    ("flip", {"allergy_milk": "yes"}, "doctor", "milk_allergy", "flip C1: abo only"),
    ("blush", {"allergy_milk": "yes"}, "go", None, "flip C1: abo only"),
    ("blush", {"allergy_numbing": "yes"}, "not_now", "numbing_allergy_tattoo", "blush D2"),
    ("flip", {"allergy_numbing": "yes"}, "doctor", "numbing_allergy_needle", "blush D2"),
    ("blush", {"allergy_numbing": "unknown"}, "doctor", "numbing_allergy_tattoo", "blush D2"),
    ("blush", {"allergy_pigment": "yes"}, "not_now", "pigment_allergy", "blush D2"),
    ("flip", {"allergy_pigment": "yes"}, "go", None, "blush D2: tattoo alone"),
    ("blush", {"allergy_nickel": "yes"}, "doctor", "nickel_allergy", "blush D2"),
    ("flip", {"allergy_nickel": "yes"}, "go", None, "blush D2: tattoo alone"),
    # --- illnesses
    ("flip", {"neuromuscular": "yes"}, "not_now", "neuromuscular", "flip C2"),
    ("flip", {"neuromuscular": "unknown"}, "doctor", "neuromuscular", "flip C2"),
    ("blush", {"neuromuscular": "yes"}, "go", None, "flip C2: toxin alone"),
    ("both", {"neuromuscular": "yes"}, "not_now", "neuromuscular", "flip C2"),
    ("flip", {"swallowing": "yes"}, "doctor", "swallowing", "flip C2"),
    ("flip", {"swallowing": "unknown"}, "doctor", "swallowing", "flip C2"),
    ("flip", {"heart": "yes"}, "doctor", "heart", "flip C2"),
    ("blush", {"heart": "yes"}, "doctor", "heart", "blush D2"),
    ("flip", {"bleeding": "yes"}, "doctor", "bleeding", "flip C2"),
    ("blush", {"bleeding": "yes"}, "doctor", "bleeding", "blush D2"),
    ("blush", {"diabetes": "yes"}, "doctor", "diabetes", "blush D2"),
    ("flip", {"diabetes": "yes"}, "go", None, "blush D2: tattoo alone"),
    ("blush", {"immune": "yes"}, "doctor", "immune", "blush D2"),
    ("flip", {"immune": "yes"}, "doctor", "immune", "flip C2, feeling unwell"),
    ("blush", {"cancer_treatment": "yes"}, "not_now", "cancer_treatment_tattoo", "blush D2"),
    ("flip", {"cancer_treatment": "yes"}, "doctor", "cancer_treatment_toxin", "blush D2"),
    ("blush", {"epilepsy": "yes"}, "doctor", "epilepsy", "blush D2"),
    ("blush", {"keloid": "yes"}, "doctor", "keloid", "blush D2"),
    ("flip", {"keloid": "yes"}, "go", None, "blush D2: tattoo alone"),
    ("blush", {"keloid": "unknown"}, "doctor", "keloid", "blush D2"),
    ("blush", {"skin_illness": "yes"}, "doctor", "skin_illness", "blush D2"),
    ("blush", {"infection_past": "yes"}, "doctor", "infection_past", "blush D2"),
    ("blush", {"liver": "yes"}, "doctor", "liver", "blush A4"),
    ("flip", {"unwell": "yes"}, "wait", "unwell", "flip C2"),
    ("blush", {"unwell": "yes"}, "wait", "unwell", "blush D3"),
    # --- medicines
    ("flip", {"medicines": ["gentamicin"]}, "doctor", "aminoglycoside", "flip C2"),
    ("flip", {"medicines": ["Tobramicina"]}, "doctor", "aminoglycoside", "flip C2"),
    ("blush", {"medicines": ["gentamicin"]}, "go", None, "flip C2: toxin alone"),
    ("flip", {"medicines": ["baclofen"]}, "doctor", "nerve_muscle_medicine", "flip C2"),
    ("flip", {"medicines": ["oxybutynin"]}, "doctor", "anticholinergic", "flip C2"),
    ("flip", {"medicines": ["warfarin"]}, "doctor", "blood_thinner_toxin", "flip E"),
    ("flip", {"medicines": ["Sintrom"]}, "doctor", "blood_thinner_toxin", "flip E"),
    ("flip", {"medicines": ["aspirin"]}, "doctor", "blood_thinner_toxin", "flip E"),
    ("blush", {"medicines": ["apixaban"]}, "doctor", "blood_thinner_tattoo", "blush D5"),
    ("blush", {"medicines": ["clopidogrel"]}, "doctor", "blood_thinner_tattoo", "blush D5"),
    ("both", {"medicines": ["xarelto"]}, "doctor", "blood_thinner_tattoo", "blush D5"),
    ("flip", {"medicines": ["ibuprofen"]}, "go", "painkiller", "flip E"),
    ("blush", {"medicines": ["naproxeno"]}, "go", "painkiller", "blush F1"),
    ("blush", {"medicines": ["isotretinoin"]}, "not_now", "isotretinoin", "blush D4"),
    ("blush", {"medicines": ["Roacutan"]}, "not_now", "isotretinoin", "blush D4"),
    ("flip", {"medicines": ["isotretinoin"]}, "go", None, "blush D4: tattoo alone"),
    ("blush", {"medicines": ["methotrexate"]}, "doctor", "immune_medicine", "blush D2"),
    ("flip", {"medicines": ["prednisona"]}, "doctor", "immune_medicine", "flip C2"),
    ("blush", {"medicines": ["tretinoin"]}, "doctor", "retinoid_medicine", "blush D3"),
    ("flip", {"medicines": ["other"]}, "doctor", "unknown_medicine", "flip C2"),
    ("blush", {"medicines": "unknown"}, "doctor", "unknown_medicine", "blush D2"),
    ("blush", {"medicines": ["paracetamol"]}, "go", None, "flip E"),
    # --- the lips today
    ("blush", {"cold_sore_ever": "yes"}, "doctor", "cold_sore_past_tattoo", "blush E2"),
    ("blush", {"cold_sore_ever": "unknown"}, "doctor", "cold_sore_past_tattoo", "blush D2"),
    ("flip", {"cold_sore_ever": "yes"}, "go", "cold_sore_past_toxin", "flip C2"),
    ("both", {"cold_sore_ever": "yes"}, "doctor", "cold_sore_past_tattoo", "blush E2"),
    (
        "flip",
        {"cold_sore_ever": "yes", "cold_sore_now": "yes"},
        "wait",
        "cold_sore_now_toxin",
        "flip C1",
    ),
    (
        "blush",
        {"cold_sore_ever": "yes", "cold_sore_now": "yes"},
        "wait",
        "cold_sore_now_tattoo",
        "blush D2",
    ),
    ("flip", {"sore_now": "yes"}, "wait", "sore_now", "flip C1"),
    ("blush", {"sore_now": "yes"}, "wait", "sore_now", "blush D2"),
    ("blush", {"sore_now": "unknown"}, "doctor", "sore_now", "blush D2"),
    ("blush", {"spot": "yes"}, "not_now", "spot", "blush D2"),
    ("flip", {"spot": "yes"}, "not_now", "spot", "blush E3"),
    ("blush", {"spot": "unknown"}, "doctor", "spot", "blush D2"),
    ("flip", {"palsy": "yes"}, "doctor", "palsy_toxin", "flip C2"),
    ("blush", {"palsy": "yes"}, "doctor", "palsy_tattoo", "blush D2"),
    ("flip", {"palsy": "yes", "sudden_droop": "yes"}, "not_now", "sudden_droop", "flip D3"),
    ("blush", {"palsy": "yes", "sudden_droop": "yes"}, "not_now", "sudden_droop", "blush G2"),
    ("flip", {"sudden_droop": "unknown"}, "not_now", "sudden_droop", "flip D3"),
    ("flip", {"lip_leaks": "yes"}, "doctor", "lip_leaks", "flip C2"),
    ("flip", {"thin_old_lip": "yes"}, "go", "thin_old_lip", "flip C6"),
    ("blush", {"lip_tattoo": "yes"}, "go", "lip_tattoo", "blush D2"),
    ("flip", {"lip_implant": "yes"}, "doctor", "lip_implant", "flip C2"),
    ("blush", {"dark_lips": "yes"}, "go", "dark_lips", "blush B8"),
    # --- what was had
    ("flip", {"had.toxin": ago(30)}, "wait", "toxin_before_toxin", "flip C4"),
    ("flip", {"had.toxin": ago(89)}, "wait", "toxin_before_toxin", "flip C4"),
    ("flip", {"had.toxin": ago(90)}, "go", None, "flip C4"),
    ("flip", {"had.flip": ago(60)}, "wait", "toxin_before_toxin", "flip C4"),
    ("flip", {"had.toxin": "yes"}, "wait", "toxin_before_toxin", "flip C4"),
    ("flip", {"had.toxin": "unknown"}, "doctor", "toxin_before_toxin", "flip C4"),
    ("blush", {"had.filler": ago(10)}, "wait", "filler_before_blush", "blush D3"),
    ("blush", {"had.filler": ago(28)}, "go", None, "blush D3"),
    ("blush", {"had.flip": ago(10)}, "wait", "toxin_before_blush", "blush D3"),
    ("blush", {"had.peel": ago(7)}, "wait", "peel_before_blush", "blush D3"),
    ("blush", {"had.laser": ago(27)}, "wait", "laser_before_blush", "blush D3"),
    ("blush", {"had.dental": ago(5)}, "wait", "dental_before_blush", "blush D3"),
    ("blush", {"had.vaccine": ago(2)}, "wait", "vaccine_before_blush", "blush D3"),
    ("blush", {"had.vaccine": ago(40)}, "go", None, "blush D3"),
    ("blush", {"had.sunburn": ago(3)}, "wait", "sunburn_before_blush", "blush D3"),
    ("blush", {"had.retinoid": ago(5)}, "wait", "retinoid_before_blush", "blush D3"),
    ("blush", {"had.isotretinoin": ago(100)}, "wait", "isotretinoin_before_blush", "blush D4"),
    ("blush", {"had.isotretinoin": ago(200)}, "go", None, "blush D4"),
    ("blush", {"had.pmu": ago(20)}, "wait", "pmu_before_blush", "blush D3"),
    ("blush", {"had.piercing": ago(20)}, "wait", "piercing_before_blush", "blush D3"),
    ("blush", {"had.scar": ago(200)}, "wait", "surgery_before_blush", "blush D3"),
    ("blush", {"had.blush": ago(20)}, "wait", "blush_before_blush", "blush A1"),
    ("flip", {"had.blush": ago(14)}, "wait", "blush_before_toxin", "blush D3"),
    ("both", {"had.filler": ago(10)}, "wait", "filler_before_blush", "blush D3"),
    # --- work and habits
    ("flip", {"wind": "yes"}, "doctor", "wind", "flip C5"),
    ("blush", {"wind": "yes"}, "go", None, "flip C5: toxin alone"),
    ("flip", {"voice": "yes"}, "doctor", "voice", "flip C5"),
    ("flip", {"speech": "yes"}, "doctor", "speech", "flip C5"),
    ("flip", {"diving": "yes"}, "go", "diving", "flip C5"),
    ("blush", {"smoking": "yes"}, "go", "smoking", "blush D2"),
    ("flip", {"event": ahead(14)}, "wait", "event_soon", "flip C5"),
    ("flip", {"event": ahead(60)}, "go", None, "flip C5"),
    ("blush", {"event": ahead(30)}, "wait", "event_soon", "blush D1"),
    ("blush", {"event": ahead(90)}, "go", None, "blush D1"),
    # --- wishes
    ("flip", {"wants_volume": "yes"}, "go", "volume", "flip C6"),
    ("blush", {"wants_volume": "yes"}, "go", "volume", "blush D1"),
    ("flip", {"wants_lower": "yes"}, "go", "lower_lip", "flip C6"),
    ("flip", {"wants_permanent": "yes"}, "go", "permanence", "flip G"),
    ("blush", {"wants_gone": "yes"}, "go", "trace", "blush C4"),
    ("blush", {"wants_lighter": "yes"}, "go", "lighter", "blush B5"),
    ("blush", {"wants_outside": "yes"}, "go", "outside", "blush G1"),
    ("flip", {"gummy": "yes"}, "go", "gummy", "flip B3"),
    # --- feelings
    ("flip", {"worry_daily": "yes"}, "doctor", "worry_daily", "flip C2"),
    ("blush", {"worry_hides": "yes"}, "doctor", "worry_hides", "blush D2"),
    ("flip", {"never_enough": "yes"}, "doctor", "never_enough", "flip C2"),
    ("both", {"pushed": "yes"}, "not_now", "pushed", "flip C2"),
    # --- several at once: the strictest decides
    (
        "both",
        {"diabetes": "yes", "had.filler": ago(3), "pregnant": "yes"},
        "not_now",
        "pregnancy",
        "flip C1",
    ),
    ("both", {"diabetes": "yes", "had.filler": ago(3)}, "wait", "filler_before_blush", "blush D3"),
    ("both", {"diabetes": "yes", "smoking": "yes"}, "doctor", "diabetes", "blush D2"),
)
