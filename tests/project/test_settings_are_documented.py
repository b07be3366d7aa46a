import re
from pathlib import Path

from pydantic_settings import BaseSettings

from runtime.settings import KafkaSettings, Settings

PAGE = (Path(__file__).parents[2] / "docs/operating.md").read_text()


def variables_of(settings: type[BaseSettings]) -> set[str]:
    return {f"{settings.model_config['env_prefix']}{field}".upper() for field in settings.model_fields}


def test_the_table_of_settings_holds_every_field_and_no_other():
    documented = set(re.findall(r"^\| `(DETENTE_\w+)` \|", PAGE, re.MULTILINE))
    assert documented == variables_of(Settings) | variables_of(KafkaSettings)
