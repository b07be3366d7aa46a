import re
from pathlib import Path

from command_names import COMMANDS
from pydantic_settings import BaseSettings

from runtime.settings import KafkaSettings, Settings

PAGE = (Path(__file__).parents[2] / "docs/operating.md").read_text()


def variables_of(settings: type[BaseSettings]) -> set[str]:
    return {f"{settings.model_config['env_prefix']}{field}".upper() for field in settings.model_fields}


def variables_of_options() -> set[str]:
    given = [option.envvar for command in COMMANDS.values() for option in command.params if option.envvar]
    return {name for names in given for name in ([names] if isinstance(names, str) else names)}


def test_the_table_of_settings_holds_every_variable_that_is_read_and_no_other():
    documented = set(re.findall(r"^\| `(DETENTE_\w+)` \|", PAGE, re.MULTILINE))
    assert documented == variables_of(Settings) | variables_of(KafkaSettings) | variables_of_options()
