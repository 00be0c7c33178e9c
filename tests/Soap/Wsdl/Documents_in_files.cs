using Integration.Errors;
using Integration.Fixtures;
using Integration.Soap.Wsdl;

namespace Integration.Soap.Tests.Wsdl;

public sealed class Documents_in_files
{
    [Fact]
    public async Task A_file_is_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Combine("a.wsdl");
        await File.WriteAllTextAsync(path, "<a/>");

        var document = await new FileDocuments().OpenAsync(new Uri(path), null, default);

        using var reader = new StreamReader(document.Content);
        (await reader.ReadToEndAsync()).ShouldBe("<a/>");
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_told_by_its_name()
    {
        using var folder = new TemporaryFolder();
        var error = await Should.ThrowAsync<DataErrorException>(() =>
            new FileDocuments().OpenAsync(new Uri(folder.Combine("none.wsdl")), null, default)
        );

        error.Code.ShouldBe("wsdl-unusable");
        error.Message.ShouldContain("none.wsdl does not exist.");
    }
}
