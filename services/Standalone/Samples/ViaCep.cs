using System.Text.RegularExpressions;

namespace Integration.Standalone.Samples;

/// <summary>
/// Brazilian ZIP codes in the format of ViaCEP: 200 with <c>{"erro": true}</c> for one that does not exist, 400 for what
/// is none.
/// </summary>
internal static partial class ViaCep
{
    private static readonly Address[] _addresses =
    [
        new("01001-000", "Praça da Sé", "lado ímpar", "Sé", "São Paulo", "SP", "3550308", "11"),
        new("70150-900", "Praça dos Três Poderes", "", "Zona Cívico-Administrativa", "Brasília", "DF", "5300108", "61"),
    ];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/ws/{cep}/json/",
            (string cep) =>
                !ZipCode().IsMatch(cep)
                    ? Results.Text("<h1>Http 400</h1>", "text/html", statusCode: StatusCodes.Status400BadRequest)
                : Array.Find(_addresses, address => Digits(address.Cep) == Digits(cep)) is { } found
                    ? Results.Json(found)
                : Results.Json(new { erro = true })
        );

    private static string Digits(string cep) => cep.Replace("-", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^\d{5}-?\d{3}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ZipCode();

    private sealed record Address(
        string Cep,
        string Logradouro,
        string Complemento,
        string Bairro,
        string Localidade,
        string Uf,
        string Ibge,
        string Ddd
    );
}
