"""chaikhana: a workbench for comparative regionalism."""

__version__ = "0.1.0"
