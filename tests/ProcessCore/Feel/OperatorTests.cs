namespace Integration.ProcessCore.Tests.Feel;

public class OperatorTests
{
    [Theory, MemberData(nameof(Arithmetic))]
    public void Arithmetic_gives(string expression, string expected) => Cases.Check(expression, expected);

    public static TheoryData<string, string> Arithmetic =>
        Cases.Of(
            """
            1 + 2 => 3
            1 + 2 * 3 => 7
            (1 + 2) * 3 => 9
            10 - 4 - 3 => 3
            10 / 4 => 2.5
            1.5 + 1.5 => 3
            0.1 + 0.2 => 0.3
            2 * 3.5 => 7
            100 * 10 ** 2 => 10000
            3 ** 2 ** 3 => 729
            -3 ** 2 => 9
            2 ** -1 => 0.5
            4 ** 0.5 => 2
            0 ** 0 => 1
            -5 => -5
            --5 => 5
            -(2 + 3) => -5
            1 - -1 => 2
            .5 + .5 => 1
            1.2e3 => 1200
            1e-2 => 0.01
            1 / 0 => null
            0 / 0 => null
            1 / 3 * 3 => 0.9999999999999999999999999999
            79228162514264337593543950335 + 1 => null
            10 ** 30 => null
            null + 1 => null
            1 + null => null
            null * null => null
            "a" + "b" => "ab"
            "a" + 1 => null
            1 + "a" => null
            "a" + null => null
            "a" - "b" => null
            "a" * 2 => null
            true + 1 => null
            [1] + 1 => null
            {a: 1} + 1 => null
            -"a" => null
            -null => null
            """
        );
}
