"""Members of images, and what they may do."""
import uuid

from tests.functional.image.base import ImageCase


class MemberTest(ImageCase):

    def setUp(self):
        super().setUp()
        self.image = self.cloud.make(b'data', name='shared')
        self.path = f'/v2/images/{self.image["id"]}/members'

    def share(self, project='theirs', who='member'):
        return self.ask('POST', self.path, {'member': project}, who)

    def test_from_asking_to_the_end(self):
        self.refused(404, self.ask('GET', f'/v2/images/{self.image["id"]}', who='stranger'))
        response = self.share()
        self.assertEqual(200, response.status_int, response.text)
        member = response.json
        self.assertEqual(
            ('theirs', self.image['id'], 'pending', '/v2/schemas/member'),
            (member['member_id'], member['image_id'], member['status'], member['schema']))
        self.assertEqual({'members': [member], 'schema': '/v2/schemas/members'},
                         self.ask('GET', self.path).json)
        self.assertEqual(member, self.ask('GET', self.path + '/theirs').json)
        self.assertEqual(member, self.ask('GET', self.path + '/theirs', who='stranger').json)
        # known by its id at once, listed once it was accepted
        self.assertEqual('shared', self.show(self.image['id'], 'stranger')['name'])
        self.assertNotIn('shared', self.names(who='stranger'))
        for status in ('accepted', 'rejected', 'pending', 'accepted'):
            response = self.ask('PUT', self.path + '/theirs', {'status': status}, 'stranger')
            self.assertEqual((200, status), (response.status_int, response.json['status']))
            self.assertEqual(status == 'accepted', 'shared' in self.names(who='stranger'))
        self.assertEqual(b'data', self.ask('GET', self.image['file'], who='stranger').body)
        self.assertEqual(204, self.ask('DELETE', self.path + '/theirs').status_int)
        self.refused(404, self.ask('GET', f'/v2/images/{self.image["id"]}', who='stranger'))
        self.refused(404, self.ask('DELETE', self.path + '/theirs'))

    def test_twice(self):
        self.share()
        self.assertIn('is duplicated for image', self.refused(409, self.share()))

    def test_bodies_that_make_no_sense(self):
        for body in ({}, [], 'theirs', None, {'member': ''}, {'member': 1}, {'member': None},
                     {'member': ['theirs']}, {'member': 'x' * 256}):
            self.refused(400, self.ask('POST', self.path, body))
        self.assertEqual(200, self.share('x' * 255).status_int)
        self.share()
        for body in ({}, [], None, {'status': 'maybe'}, {'status': 1}):
            self.refused(400, self.ask('PUT', self.path + '/theirs', body, 'stranger'))

    def test_unknown_ones(self):
        self.share()
        for path in (f'/v2/images/{uuid.uuid4()}/members', '/v2/images/nope/members'):
            self.refused(404, self.ask('GET', path))
            self.refused(404, self.ask('POST', path, {'member': 'theirs'}))
        for method, body in (('GET', None), ('DELETE', None), ('PUT', {'status': 'accepted'})):
            self.refused(404, self.ask(method, self.path + '/nope', body))

    def test_members_know_only_themselves(self):
        self.share()
        self.share('third')
        found = self.ask('GET', self.path, who='third').json['members']
        self.assertEqual(['third'], [one['member_id'] for one in found])
        self.refused(404, self.ask('GET', self.path + '/theirs', who='third'))
        self.refused(404, self.ask('PUT', self.path + '/theirs', {'status': 'accepted'}, 'third'))
        for who in ('member', 'reader', 'admin'):
            found = self.ask('GET', self.path, who=who).json['members']
            self.assertEqual(['theirs', 'third'], [one['member_id'] for one in found])

    def test_who_decides_what(self):
        self.share()
        self.refused(403, self.ask('PUT', self.path + '/theirs', {'status': 'accepted'}))
        self.refused(403, self.ask('PUT', self.path + '/theirs', {'status': 'accepted'},
                                   'strange_reader'))
        self.refused(403, self.share('third', 'stranger'))
        self.refused(403, self.ask('DELETE', self.path + '/theirs', who='stranger'))
        response = self.ask('PUT', self.path + '/theirs', {'status': 'accepted'}, 'admin')
        self.assertEqual(200, response.status_int)

    def test_only_shared_images_have_some(self):
        for visibility in ('private', 'community'):
            image = self.cloud.create(visibility=visibility)
            path = f'/v2/images/{image["id"]}/members'
            self.assertIn('Only shared images have members',
                          self.refused(403, self.ask('GET', path)))
            self.refused(403, self.ask('POST', path, {'member': 'theirs'}))
            self.refused(404, self.ask('GET', path + '/theirs'))

    def test_what_members_may_do_with_the_image(self):
        self.share()
        path = f'/v2/images/{self.image["id"]}'
        self.refused(403, self.ask('DELETE', path, who='stranger'))
        self.refused(403, self.cloud.patch(
            self.image['id'], {'op': 'add', 'path': '/x', 'value': 'y'}, who='stranger'))
        self.refused(403, self.ask('PUT', path + '/tags/x', who='stranger'))
        self.refused(403, self.ask('POST', path + '/actions/deactivate', who='stranger'))
        self.refused(403, self.cloud.upload(self.image['id'], b'x', 'stranger'))

    def test_they_go_with_the_image(self):
        self.share()
        self.ask('DELETE', f'/v2/images/{self.image["id"]}')
        self.cloud.create(id=self.image['id'])
        self.assertEqual([], self.ask('GET', self.path).json['members'])


class QuotaTest(ImageCase):

    settings = 'member_quota = 2\n'

    def test_as_many_as_allowed(self):
        image = self.cloud.create()
        path = f'/v2/images/{image["id"]}/members'
        for project in ('a', 'b'):
            self.assertEqual(200, self.ask('POST', path, {'member': project}).status_int)
        self.refused(413, self.ask('POST', path, {'member': 'c'}))
