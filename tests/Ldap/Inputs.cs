using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Integration.Ldap.Filters;
using Integration.Ldap.Inputs;
using Integration.Ldap.Names;

namespace Integration.Ldap.Tests;

/// <summary>What is wrong with an input is told by name, and the server hears nothing of it.</summary>
public sealed class Inputs
{
    [Theory]
    [InlineData("search", """{"filter":"uid=ada"}""", "inputs.filter needs a ( here: position 1, 'uid=ada'")]
    [InlineData("search", """{"filter":""}""", "inputs.filter needs a ( here")]
    [InlineData("search", """{"filter":"(uid=ada"}""", "inputs.filter ends too early")]
    [InlineData("search", """{"filter":"(uid=ada))"}""", "inputs.filter ends before this: position 10")]
    [InlineData("search", """{"filter":"(&)"}""", "inputs.filter needs a filter in parentheses here")]
    [InlineData("search", """{"filter":"(uid=a(b)"}""", "must be written as \\28")]
    [InlineData("search", """{"filter":"(uid=\\zz)"}""", "needs two hexadecimal digits")]
    [InlineData("search", """{"filter":"(uid>=a*)"}""", "has a * where none is allowed")]
    [InlineData("search", """{"filter":"({{x}}=a)","parameters":{"x":"uid"}}""", "places are for values only")]
    [InlineData("search", """{"filter":"(uid={{x}})"}""", "inputs.filter uses {{x}}, and inputs.parameters has no 'x'")]
    [InlineData("search", """{"parameters":{"x":"a"}}""", "inputs.parameters.x is used nowhere")]
    [InlineData("search", """{"filter":"(uid={{x}}*)","parameters":{"x":""}}""", "inputs.parameters.x is empty")]
    [InlineData("search", """{"filter":"(uid={{x}})","parameters":{"x":null}}""", "inputs.parameters.x must be a text")]
    [InlineData(
        "search",
        """{"filter":"(uid={{x}})","parameters":{"x":["a"]}}""",
        "inputs.parameters.x must be a text"
    )]
    [InlineData(
        "search",
        """{"filter":"(uid={{x}})","parameters":{"x":{"base64":"?"}}}""",
        "inputs.parameters.x.base64 is no base64"
    )]
    [InlineData(
        "search",
        """{"filter":"(userPassword=a*)"}""",
        "inputs.filter names userPassword, which is never handed out"
    )]
    [InlineData("search", """{"filter":"(!(USERPASSWORD;x=a*))"}""", "never handed out nor looked for")]
    [InlineData("search", """{"filter":"(2.5.4.35=a*)"}""", "inputs.filter has the number of an attribute here")]
    [InlineData("search", """{"filter":"(|(uid=a)(2.5.4.35;x:dn:=a))"}""", "has the number of an attribute here")]
    [InlineData("search", """{"filter":"(:caseExactMatch:=a)"}""", "inputs.filter needs an attribute before its rule")]
    [InlineData("search", """{"filter":"(:dn:2.5.13.5:=a)"}""", "needs an attribute before its rule here")]
    [InlineData("search", """{"attributes":["2.5.4.35"]}""", "inputs.attributes[0] has the number '2.5.4.35'")]
    [InlineData(
        "add",
        """{"dn":"uid=a,dc=x","attributes":{"2.5.4.35":"secret"}}""",
        "inputs.attributes.2.5.4.35 has the number '2.5.4.35' of an attribute. Write its name."
    )]
    [InlineData("search", """{"attributes":["userPassword"]}""", "inputs.attributes[0] names userPassword")]
    [InlineData("search", """{"attributes":["employeeSecret"]}""", "inputs.attributes[0] names employeeSecret")]
    [InlineData("search", """{"attributes":["a b"]}""", "inputs.attributes[0] names 'a b', which is no name")]
    [InlineData("search", """{"limit":0}""", "inputs.limit must be 1 or more")]
    [InlineData("search", """{"limit":1001}""", "inputs.limit must be at most 1000; Ldap__MaxEntries")]
    [InlineData("search", """{"pageSize":0}""", "inputs.pageSize must be between")]
    [InlineData("search", """{"timeLimit":0}""", "inputs.timeLimit must be more than 0 and at most 240 seconds")]
    [InlineData("search", """{"timeLimit":241}""", "inputs.timeLimit must be more than 0")]
    [InlineData("search", """{"scope":"all"}""", "inputs.scope does not fit: one of entry, children, subtree")]
    [InlineData(
        "search",
        """{"server":"other"}""",
        "inputs.server names 'other', which this service does not have. There are: default"
    )]
    [InlineData("search", """{"fitler":"x"}""", "inputs.fitler is not known")]
    [InlineData("get", """{}""", "inputs lacks what is required: dn")]
    [InlineData("get", """{"dn":""}""", "inputs.dn is empty")]
    [InlineData("get", """{"dn":"ada"}""", "inputs.dn needs an attribute and = here")]
    [InlineData("get", """{"dn":"uid=,dc=x"}""", "inputs.dn has no value for uid here")]
    [InlineData("get", """{"dn":"uid=a\"b,dc=x"}""", "inputs.dn has a character here that must be escaped")]
    [InlineData("get", """{"dn":"uid=a\\z,dc=x"}""", "inputs.dn needs a special character or two hexadecimal digits")]
    [InlineData("get", """{"dn":"{{x}},dc=x","parameters":{"x":"uid=a"}}""", "places are for values only")]
    [InlineData(
        "get",
        """{"dn":"uid=#{{x}},dc=x","parameters":{"x":"04"}}""",
        "needs pairs of hexadecimal digits after the #"
    )]
    [InlineData(
        "get",
        """{"dn":"uid={{x}},dc=x","parameters":{"x":"a","y":"b"}}""",
        "inputs.parameters.y is used nowhere"
    )]
    [InlineData("get", """{"dn":"uid={{secrets.A}},dc=x"}""", "inputs.dn names a secret")]
    [InlineData(
        "add",
        """{"dn":"uid=a,dc=x","attributes":{"a b":"x"}}""",
        "inputs.attributes.a b names 'a b', which is no name"
    )]
    [InlineData("add", """{"dn":"uid=a,dc=x","attributes":{"cn":null}}""", "inputs.attributes.cn must be a text")]
    [InlineData("add", """{"dn":"uid=a,dc=x","attributes":{"cn":[]}}""", "inputs.attributes.cn has no values")]
    [InlineData(
        "add",
        """{"dn":"uid=a,dc=x","attributes":{"cn":["a",["b"]]}}""",
        "inputs.attributes.cn[1] must be a text"
    )]
    [InlineData(
        "add",
        """{"dn":"uid=a,dc=x","attributes":{"cn":"a","CN":"b"}}""",
        "inputs.attributes has cn more than once"
    )]
    [InlineData(
        "add",
        """{"dn":"uid=a,dc=x","attributes":{"p":{"base64":"?"}}}""",
        "inputs.attributes.p.base64 is no base64"
    )]
    [InlineData(
        "add",
        """{"dn":"uid=a,dc=x","attributes":{"p":{"$file":{}}}}""",
        "inputs.attributes.p is no file reference"
    )]
    [InlineData(
        "add",
        """{"dn":"uid=a,dc=x","attributes":{"userPassword":"open"}}""",
        "inputs.attributes.userPassword is a password in the task itself"
    )]
    [InlineData(
        "add",
        """{"dn":"uid=a,dc=x","attributes":{"userPassword":{"base64":"AA=="}}}""",
        "is a password in the task itself"
    )]
    [InlineData(
        "add",
        """{"dn":"uid=a,dc=x","attributes":{"cn":"a"},"ifExists":"keep","existsError":"X"}""",
        "inputs.existsError is raised never"
    )]
    [InlineData(
        "add",
        """{"dn":"uid=a,dc=x","attributes":{"description":"x {{secrets.ADA_PASSWORD}}"}}""",
        "inputs.attributes.description names a secret, and description can be read"
    )]
    [InlineData("modify", """{"dn":"uid=a,dc=x"}""", "inputs.replace, add, remove and increment are all missing")]
    [InlineData("modify", """{"dn":"uid=a,dc=x","add":{"cn":[]}}""", "inputs.add.cn has no values")]
    [InlineData(
        "modify",
        """{"dn":"uid=a,dc=x","add":{"cn":"x"},"replace":{"CN":"y"}}""",
        "is changed in another way as well"
    )]
    [InlineData(
        "modify",
        """{"dn":"uid=a,dc=x","replace":{"userPassword":"open"}}""",
        "is a password in the task itself"
    )]
    [InlineData("modify", """{"dn":"uid=a,dc=x","increment":{"n":1.5}}""", "inputs.increment")]
    [InlineData("rename", """{"dn":"uid=a,dc=x"}""", "inputs.newName and newParent are both missing")]
    [InlineData(
        "rename",
        """{"dn":"uid=a,dc=x","newName":"uid=b,dc=y"}""",
        "inputs.newName must be the first part of a name"
    )]
    [InlineData("authenticate", """{"password":"{{secrets.A}}"}""", "inputs.dn or filter names the user")]
    [InlineData(
        "authenticate",
        """{"dn":"uid=a,dc=x","filter":"(uid=a)","password":"{{secrets.A}}"}""",
        "inputs.dn or filter names the user"
    )]
    [InlineData(
        "authenticate",
        """{"dn":"uid=a,dc=x","base":"dc=x","password":"{{secrets.A}}"}""",
        "inputs.base belongs to filter"
    )]
    [InlineData(
        "authenticate",
        """{"filter":"(userPassword={{p}})","parameters":{"p":"x"},"password":"{{secrets.A}}"}""",
        "never handed out nor looked for"
    )]
    public async Task What_does_not_fit_is_told_by_name(string verb, string inputs, string expected)
    {
        await using var directory = LdapDouble.Start();
        await using var service = await directory.ServiceAsync(
            "--Ldap:Servers:default:HiddenAttributes=employeeSecret, x"
        );
        var answer = await service.RunAsync($"ldap.{verb}", JsonSerializer.Deserialize<JsonElement>(inputs));
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Data, ErrorCodes.InvalidInput));
        error.Message.ShouldContain(expected);
        directory.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("uid=ada,dc=example", "uid=ada,dc=example")]
    [InlineData(" uid = ada , dc = example ", "uid=ada,dc=example")]
    [InlineData("cn=a\\,b+uid=1,dc=x", "cn=a\\,b+uid=1,dc=x")]
    [InlineData("cn=\\20a\\ ,dc=x", "cn=\\ a\\ ,dc=x")]
    [InlineData("cn=\\C3\\A4,dc=x", "cn=ä,dc=x")]
    [InlineData("cn=\\FF\\00x,dc=x", "cn=\\FF\\00x,dc=x")]
    [InlineData("cn=#0403666F6F,dc=x", "cn=#0403666F6F,dc=x")]
    [InlineData("2.5.4.3=x;dc=y", "2.5.4.3=x,dc=y")]
    [InlineData("", "")]
    public void A_name_is_written_in_one_way_however_it_was_written(string text, string expected) =>
        NameReader.TryRead(text).ShouldNotBeNull().ToString().ShouldBe(expected);

    [Fact]
    public void Whatever_is_read_as_a_name_or_a_filter_is_read_or_refused_and_never_breaks()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        const string Characters = "uidcn=(),;+*\\&|!<>~:#\"{} xä\u0000🚀2a.\uD800";
        var parameters = new Dictionary<string, JsonElement> { ["x"] = JsonSerializer.SerializeToElement("*)(,+=") };
        var (names, filters) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var text = i % 2 == 0 ? "(uid=" : "uid=";
            for (var length = random.Next(1, 20); length > 0; length--)
                text += random.Next(12) == 0 ? "{{x}}" : Characters[random.Next(Characters.Length)];
            text += i % 2 == 0 ? ")" : ",dc=x";
            try
            {
                var name = NameReader.Read(text, "dn", new Parameters(parameters));
                NameReader.TryRead(name.ToString()).ShouldNotBeNull(text).ToString().ShouldBe(name.ToString());
                names++;
            }
            catch (DataErrorException)
            {
                // Refused.
            }

            try
            {
                FilterReader.Read(text, "filter", new Parameters(parameters));
                filters++;
            }
            catch (DataErrorException)
            {
                // Refused.
            }
        }

        names.ShouldBeGreaterThan(100);
        filters.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_filter_that_is_nested_too_deep_is_refused() =>
        Should
            .Throw<DataErrorException>(() =>
                FilterReader.Read(
                    string.Concat(Enumerable.Repeat("(!", 60)) + "(a=b)" + new string(')', 60),
                    "filter",
                    new Parameters(null)
                )
            )
            .Message.ShouldContain("nested more than 50 deep");
}
