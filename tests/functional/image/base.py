"""What all tests of the image service stand on."""
import fixtures
import testtools

from tests.fixtures.images import Images


class ImageCase(testtools.TestCase):
    """One gateway with images a test."""

    settings = ''

    def setUp(self):
        super().setUp()
        self.log = self.useFixture(fixtures.FakeLogger())
        self.cloud = self.useFixture(Images(self.settings))

    def ask(self, method, path, body=None, who='member', **options):
        return self.cloud.ask(method, path, body, who, **options)

    def show(self, image_id, who='member'):
        response = self.ask('GET', f'/v2/images/{image_id}', who=who)
        self.assertEqual(200, response.status_int, response.text)
        return response.json

    def refused(self, code, response):
        """What the service says to a client that takes JSON."""
        self.assertEqual(code, response.status_int, response.text)
        return response.text

    def names(self, query='', who='member'):
        """The names of the images that a list has, in its order."""
        response = self.ask('GET', '/v2/images' + query, who=who)
        self.assertEqual(200, response.status_int, response.text)
        return [image['name'] for image in response.json['images']]
